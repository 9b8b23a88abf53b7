using Orca.Samples.Target;

if (TargetOptions.Parse(args, out var options) is { } fault)
{
    await Console.Error.WriteLineAsync($"{fault}\n\n{TargetOptions.Usage}");
    return 2;
}

await using var target = await TargetServer.StartAsync(options);
await SelfVisit.MakeAsync(target);
Console.WriteLine($"ready http={target.Http.GetLeftPart(UriPartial.Authority)} echo={target.Echo}");

// Whoever started the target holds its standard input: with that one gone, nobody is left to stop it.
await Task.WhenAny(target.StoppedAsync(), StandardInputClosedAsync());
return 0;

static async Task StandardInputClosedAsync()
{
    await using var input = Console.OpenStandardInput();
    var ignored = new byte[256];
    while (await input.ReadAsync(ignored) > 0)
    {
    }
}
