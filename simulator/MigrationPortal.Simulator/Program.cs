using MigrationPortal.Simulator;

await SimulatorHost.RunAsync(args);
