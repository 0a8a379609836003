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
    foreach (var one in Catalogue.All)
    {
        Console.WriteLine($"{one.Name} ({one.Unit}{(one.IsShort ? ", short" : "")})");
    }

    return 0;
}

var chosen = Catalogue.All.Where(one => name is null ? one.IsShort : one.Name == name).ToArray();
if (chosen.Length == 0)
{
    await Console.Error.WriteLineAsync($"No figure {name ?? "is short"}; there are: {string.Join(", ", Catalogue.All.Select(one => one.Name))}");
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
    Console.WriteLine(await Runner.RunAsync(one, databases, cancel.Token));
}

return 0;
