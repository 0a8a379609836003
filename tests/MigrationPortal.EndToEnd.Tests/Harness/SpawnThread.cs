using System.Collections.Concurrent;
using System.Diagnostics;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>
/// Starts processes from one thread that lives as long as the test run. Linux sends a child its parent-death signal when
/// the thread that started it ends, and a thread of the pool ends whenever it likes.
/// </summary>
internal static class SpawnThread
{
    private static readonly BlockingCollection<Action> Orders = Begin();

    public static Task<Process> StartAsync(ProcessStartInfo what)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Orders.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(what)!);
            }
#pragma warning disable CA1031 // Whatever it is belongs to the caller, not to this thread.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                started.SetException(problem);
            }
        });
        return started.Task;
    }

    private static BlockingCollection<Action> Begin()
    {
        var orders = new BlockingCollection<Action>();
        new Thread(() =>
        {
            foreach (var order in orders.GetConsumingEnumerable())
            {
                order();
            }
        })
        { IsBackground = true, Name = "spawn" }.Start();
        return orders;
    }
}
