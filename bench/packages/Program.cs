using Orca.PackageBench;

return args switch
{
    ["workers"] => await WorkerComparison.RunAsync(),
    ["drone", var where, var folder] => await WorkerComparison.DroneAsync(where, folder),
    ["mixed", ..] => await MixedRuns.RunAsync(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 200),
    ["install"] => await InstallComparison.RunAsync(),
    ["warm", var folder, var target] => await WarmStart.RunAsync(folder, target),
    ["kill"] => await KilledInstalls.RunAsync(),
    ["kill-me", var folder] => await KilledInstalls.InstallAsync(folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: workers | mixed [runs] | install | kill");
    return 2;
}
