using System.Runtime.ExceptionServices;

namespace MigrationPortal.Domain.Shared;

/// <summary>Faults of single items of a list: the others go on, and the faults are told afterwards.</summary>
internal sealed class ItemFaults
{
    private readonly List<Exception> _faults = [];

    /// <returns>What the work gave; false when it broke.</returns>
    public async Task<bool> OfAsync(Func<Task<bool>> work, CancellationToken cancel)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever it is, it is told after the last item.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _faults.Add(fault);
            return false;
        }
    }

    /// <summary>The one fault as it was, or all of several; nothing without any.</summary>
    public void Throw()
    {
        if (_faults is [var single]) ExceptionDispatchInfo.Throw(single);
        if (_faults.Count > 1) throw new AggregateException(_faults);
    }
}
