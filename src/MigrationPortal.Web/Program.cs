using MigrationPortal.Web.Hosting;

try
{
    await using var app = PortalHost.Build(args);
    await PortalHost.StartAsync(app);
    await app.WaitForShutdownAsync();
    return 0;
}
catch (StartRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}
