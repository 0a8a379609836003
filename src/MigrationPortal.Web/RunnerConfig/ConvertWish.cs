using MigrationPortal.Domain.RunnerConfig.Conversion;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>What the form asks for; with problems, nothing.</summary>
/// <param name="Files">Their names differ.</param>
public sealed record ConvertWish(IReadOnlyList<NamedConfig> Files, ConversionOptions Options, IReadOnlyList<string> Problems);
