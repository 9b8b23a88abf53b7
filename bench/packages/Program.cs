using Orca.PackageBench;

return args switch
{
    ["workers"] => await WorkerComparison.RunAsync(),
    ["mixed", ..] => await MixedRuns.RunAsync(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 200),
    ["install"] => await InstallComparison.RunAsync(),
    ["warm", var folder] => await WarmStart.RunAsync(folder),
    ["kill"] => await KilledInstalls.RunAsync(),
    ["kill-me", var folder] => await KilledInstalls.InstallAsync(folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: workers | mixed [runs] | install | kill");
    return 2;
}
