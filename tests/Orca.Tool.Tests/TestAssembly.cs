// Current folder and console are the process's.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
