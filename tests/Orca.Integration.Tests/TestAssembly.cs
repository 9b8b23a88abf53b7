// What is written to the console belongs to the test that wrote it.
[assembly: CaptureConsole]

// Runs wait more than they work: several go side by side on few processors.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
