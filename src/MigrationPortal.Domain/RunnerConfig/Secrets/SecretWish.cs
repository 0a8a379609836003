namespace MigrationPortal.Domain.RunnerConfig.Secrets;

/// <summary>Files that jobs shall find, from keys of Secrets in the jobs' namespace.</summary>
/// <param name="Directory">Where: an absolute path in the containers.</param>
/// <param name="Apart">Each Secret below a directory of its own name; false: all files below <paramref name="Directory"/>.</param>
/// <param name="FollowsChanges">Files change when the Secret does, while a job runs.</param>
public sealed record SecretWish(string Directory, IReadOnlyList<SecretFile> Files, bool Apart, bool FollowsChanges);

/// <param name="Secret">Its name.</param>
/// <param name="Key">In the Secret.</param>
/// <param name="Path">Below the directory, such as <c>docker/config.json</c>.</param>
public sealed record SecretFile(string Secret, string Key, string Path);

/// <summary>The ways that the runner has for a Secret's files.</summary>
public enum SecretForm
{
    /// <summary>One Secret, one volume with its items.</summary>
    OneVolume,

    /// <summary>A volume for each Secret, each in a directory of its own.</summary>
    VolumeEach,

    /// <summary>A volume for each Secret, of which one file is mounted into the common directory.</summary>
    FileEach,

    /// <summary>A projected volume, which only a patch of the pod can make.</summary>
    Projected,
}

/// <param name="Cautions">What must be known before it is used.</param>
public sealed record SecretPlan(SecretForm Form, IReadOnlyList<string> Cautions);
