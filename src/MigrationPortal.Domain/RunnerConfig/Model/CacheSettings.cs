namespace MigrationPortal.Domain.RunnerConfig.Model;

/// <summary><c>[runners.cache]</c>. Access keys are no part of it: they come from a Secret.</summary>
public sealed record CacheSettings
{
    /// <summary><c>s3</c>, <c>gcs</c> or <c>azure</c>.</summary>
    [ConfigName("Type")]
    public string? Type { get; init; }

    [ConfigName("Path")]
    public string? Path { get; init; }

    [ConfigName("Shared")]
    public bool? Shared { get; init; }

    /// <summary>Bytes.</summary>
    [ConfigName("MaxUploadedArchiveSize")]
    public long? MaxUploadedArchiveSize { get; init; }

    [ConfigName("s3")]
    public S3Settings? S3 { get; init; }

    [ConfigName("gcs")]
    public GcsSettings? Gcs { get; init; }

    [ConfigName("azure")]
    public AzureSettings? Azure { get; init; }
}

public sealed record S3Settings
{
    [ConfigName("ServerAddress")]
    public string? ServerAddress { get; init; }

    [ConfigName("BucketName")]
    public string? BucketName { get; init; }

    [ConfigName("BucketLocation")]
    public string? BucketLocation { get; init; }

    [ConfigName("Insecure")]
    public bool? Insecure { get; init; }

    /// <summary><c>access-key</c> or <c>iam</c>.</summary>
    [ConfigName("AuthenticationType")]
    public string? AuthenticationType { get; init; }

    [ConfigName("ServerSideEncryption")]
    public string? ServerSideEncryption { get; init; }

    [ConfigName("PathStyle")]
    public bool? PathStyle { get; init; }

    [ConfigName("RoleARN")]
    public string? RoleArn { get; init; }

    [ConfigName("UploadRoleARN")]
    public string? UploadRoleArn { get; init; }
}

public sealed record GcsSettings
{
    [ConfigName("BucketName")]
    public string? BucketName { get; init; }

    [ConfigName("CredentialsFile")]
    public string? CredentialsFile { get; init; }
}

public sealed record AzureSettings
{
    [ConfigName("AccountName")]
    public string? AccountName { get; init; }

    [ConfigName("ContainerName")]
    public string? ContainerName { get; init; }

    [ConfigName("StorageDomain")]
    public string? StorageDomain { get; init; }
}
