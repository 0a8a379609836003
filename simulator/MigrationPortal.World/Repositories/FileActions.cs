using System.Security.Cryptography;
using System.Text;
using Tree = System.Collections.Immutable.ImmutableSortedDictionary<string, MigrationPortal.World.FileEntry>;

namespace MigrationPortal.World;

/// <summary>What commits and merges do to files.</summary>
internal static class FileActions
{
    /// <summary>All actions or none; the refusal reads as GitLab's.</summary>
    public static (Tree? Files, string? Refusal) Apply(Tree files, IReadOnlyList<FileAction> actions, string sha)
    {
        foreach (var action in actions)
        {
            var path = action.Kind == FileActionKind.Move ? action.PreviousPath ?? "" : action.Path;
            var old = files.GetValueOrDefault(path);
            if (action.Kind == FileActionKind.Create ? old is not null : old is null)
            {
                return (null, old is null ? "A file with this name doesn't exist" : "A file with this name already exists");
            }

            if (action.LastCommitId is { } last && old is not null && old.LastCommitId != last)
            {
                return (null, "You are attempting to update a file that has changed since you started editing it.");
            }

            files = action.Kind switch
            {
                FileActionKind.Delete => files.Remove(path),
                FileActionKind.Move => files.Remove(path).SetItem(action.Path, Entry(action.Path, action.Content ?? old!.Content, sha, old!.Executable)),
                FileActionKind.Chmod => files.SetItem(path, old! with { Executable = action.Executable ?? old.Executable, LastCommitId = sha }),
                _ => files.SetItem(action.Path, Entry(action.Path, action.Content ?? "", sha, action.Executable ?? old?.Executable ?? false)),
            };
        }

        return (files, null);
    }

    /// <summary>Three ways, file by file; null when both sides changed one file differently.</summary>
    public static Tree? Merge(Tree common, Tree source, Tree target)
    {
        var merged = target;
        foreach (var path in common.Keys.Union(source.Keys, StringComparer.Ordinal))
        {
            var (was, theirs, ours) = (Content(common, path), Content(source, path), Content(target, path));
            if (was == theirs || theirs == ours)
            {
                continue;
            }

            if (ours != was)
            {
                return null;
            }

            merged = source.TryGetValue(path, out var entry) ? merged.SetItem(path, entry) : merged.Remove(path);
        }

        return merged;
    }

    /// <summary>Files that a merge changed carry the merge's commit.</summary>
    public static Tree Restamp(Tree before, Tree after, string sha)
    {
        foreach (var (path, entry) in after)
        {
            if (!before.TryGetValue(path, out var old) || old.Content != entry.Content)
            {
                after = after.SetItem(path, entry with { LastCommitId = sha });
            }
        }

        return after;
    }

    public static FileEntry Entry(string path, string content, string sha, bool executable = false) =>
        new(path, content, BlobId(content), sha, executable);

    private static string? Content(Tree tree, string path) => tree.GetValueOrDefault(path)?.Content;

    /// <summary>Git's own name for a blob.</summary>
    private static string BlobId(string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var header = Encoding.ASCII.GetBytes($"blob {bytes.Length}\0");
#pragma warning disable CA5350 // Git names blobs by SHA-1; nothing here is a secret.
        return Convert.ToHexStringLower(SHA1.HashData([.. header, .. bytes]));
#pragma warning restore CA5350
    }
}
