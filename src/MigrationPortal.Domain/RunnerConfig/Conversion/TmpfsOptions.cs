using System.Globalization;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>Options of a tmpfs as docker hands them to the kernel: <c>rw,noexec,size=64m</c>; the size in the kernel's binary units or in per cent of the host's memory.</summary>
/// <param name="SizeBytes">Null: none was given, or one in per cent.</param>
/// <param name="Lost">Options that an empty_dir cannot have.</param>
public sealed record TmpfsOptions(long? SizeBytes, bool IsReadOnly, IReadOnlyList<string> Lost)
{
    private static readonly string[] Plain = ["", "rw", "defaults", "exec", "suid", "dev", "async", "atime", "relatime"];

    public static TmpfsOptions Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        long? size = null;
        var readOnly = false;
        var lost = new List<string>();
        foreach (var option in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (option.StartsWith("size=", StringComparison.Ordinal))
            {
                // The last one counts, as for the kernel.
                size = Bytes(option[5..]);
                if (size is null) lost.Add(option);
            }
            else if (option == "ro") readOnly = true;
            else if (!Plain.Contains(option)) lost.Add(option);
        }

        return new(size is 0 ? null : size, readOnly, lost);
    }

    // memparse() of the kernel: a whole number and one letter.
    private static long? Bytes(string text)
    {
        if (text.Length == 0) return null;
        var power = "kmgtpe".IndexOf(char.ToLowerInvariant(text[^1]), StringComparison.Ordinal) + 1;
        var digits = power > 0 ? text[..^1] : text;
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        for (var i = 0; i < power; i++)
        {
            if (number > long.MaxValue / 1024) return null;
            number *= 1024;
        }

        return number;
    }
}
