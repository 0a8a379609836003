using MigrationPortal.Bench;

using var cancel = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    cancel.Cancel();
};

var name = args.FirstOrDefault();
if (name == "--list")
{
    foreach (var one in Catalogue.Names) Console.WriteLine(one);
    return 0;
}

var chosen = Catalogue.Choose(name);
if (chosen.Count == 0)
{
    await Console.Error.WriteLineAsync($"No figure {name ?? "is short"}; there are: {string.Join(", ", Catalogue.Names)}");
    return 2;
}

var server = Environment.GetEnvironmentVariable(BenchDatabases.Variable);
if (string.IsNullOrEmpty(server))
{
    await Console.Error.WriteLineAsync($"{BenchDatabases.Variable} is not set: start with ./bench.sh");
    return 2;
}

var databases = new BenchDatabases(server);
foreach (var line in Machine.Describe(TimeProvider.System.GetUtcNow(), await databases.VersionAsync(cancel.Token)))
{
    Console.WriteLine(line);
}

foreach (var one in chosen)
{
    Console.WriteLine($"# {one.Name}: {one.Method}");
    Console.WriteLine(await Runner.RunAsync(one, databases, cancel.Token));
}

return 0;
