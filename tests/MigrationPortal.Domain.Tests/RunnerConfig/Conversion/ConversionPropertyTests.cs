using CsCheck;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Conversion;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Conversion;

public sealed class ConversionPropertyTests
{
    private static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static readonly Gen<ConversionOptions> Options = Gen.Select(
        Of<Version?>(null, new(19, 3), new(18, 9), new(17, 0, 1), new(15, 0), new(13, 0)), Of<string?>(null, "ci-jobs"), Gen.Enum<PrivilegeProfile>(), Gen.Bool,
        Of<ObservedPeaks?>(null, new(1.3, 700_000_000), new(64, null)),
        (version, space, privileges, cache, peaks) => new ConversionOptions { TargetVersion = version, Namespace = space, Privileges = privileges, ProposeCache = cache, Peaks = peaks });

    [Fact]
    public void EveryConversion_KeepsTheLaws() =>
        Gen.Select(DockerFiles.Files, Options).Sample((toml, options) =>
        {
            var document = ConfigDocument.Read(toml).Document.ShouldNotBeNull(toml);
            if (ConvertConfig.Of(document, options).TryGet(out var result, out _)) ConversionLaws.Hold(document, result, options, $"{options}\n{toml}");
        }, iter: 1_000, seed: "0000KLmNoPq1");

    [Fact]
    public void EveryConversion_IsTheSameAgain() =>
        Gen.Select(DockerFiles.Files, Options).Sample((toml, options) =>
        {
            string Text() => ConvertConfig.Of(ConfigDocument.Read(toml).Document!, options).Match(done => done.Document.Render() + string.Join('\n', done.Keys), refused => string.Join('\n', refused.Reasons));
            Text().ShouldBe(Text());
        }, iter: 200, seed: "0000KLmNoPq1");
}
