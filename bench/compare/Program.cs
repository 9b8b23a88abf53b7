using Orca.Compare;
using Orca.Compare.Loads;

// "load" is what the comparison starts of itself: one process that makes load in one way and tells what it took.
if (args is ["load", var name, .. var rest])
{
    Console.WriteLine((await Load.RunAsync(name, Options.Parse(rest))).ToJson());
    return 0;
}

if (args is ["--help" or "-h"])
{
    Console.WriteLine(Comparison.Usage);
    return 0;
}

return await new Comparison(Options.Parse(args)).RunAsync();
