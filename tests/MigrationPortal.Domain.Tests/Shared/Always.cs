using CsCheck;

namespace MigrationPortal.Domain.Tests.Shared;

/// <summary>Checks a property over generated cases, the same ones each time: case n comes from seed n.</summary>
public static class Always
{
    public static void Holds<T>(Gen<T> gen, int cases, Action<T> property)
    {
        for (var n = 0; n < cases; n++)
        {
            var made = gen.Generate(new PCG(1, (ulong)n), null, out _);
            try
            {
                property(made);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Case {n} of {cases}: {failure.Message}\n{made}", failure);
            }
        }
    }

    public static async Task HoldsAsync<T>(Gen<T> gen, int cases, Func<T, Task> property)
    {
        for (var n = 0; n < cases; n++)
        {
            var made = gen.Generate(new PCG(1, (ulong)n), null, out _);
            try
            {
                await property(made);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Case {n} of {cases}: {failure.Message}\n{made}", failure);
            }
        }
    }
}
