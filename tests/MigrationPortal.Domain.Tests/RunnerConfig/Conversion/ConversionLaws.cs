using System.Text.RegularExpressions;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Conversion;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Conversion;

/// <summary>What holds of every conversion, whatever the source.</summary>
internal static partial class ConversionLaws
{
    public static void Hold(ConfigDocument source, ConversionResult result, ConversionOptions options, string about)
    {
        var text = result.Document.Render();
        var again = ConfigDocument.Read(text).Document.ShouldNotBeNull($"{about}: what was written is no TOML:\n{text}");
        again.Render().ShouldBe(ConfigDocument.Read(again.Render()).Document!.Render(), about);

        OneLineAKey(source, result, about);
        OnlyKnownKeys(again, options, $"{about}:\n{text}");
        Volumes(again, about);
        NoSecrets(source, text, result, about);
        Valid(source, again, options, $"{about}:\n{text}");
        result.Keys.Where(key => key.Mapping != KeyMapping.Direct).ShouldAllBe(key => key.Remedy.Length > 0, about);
        result.Keys.ShouldAllBe(key => !key.Remedy.Contains('\n'), about);
        result.Notes.Select(note => note.Code).ShouldContain("net-raw-dropped", about);
        foreach (var runner in again.Runners) (runner.Text("executor") ?? "kubernetes").ShouldBe("kubernetes", about);
    }

    private static void OneLineAKey(ConfigDocument source, ConversionResult result, string about)
    {
        // Sections have no line of their own, what stands below an unknown key is told with it.
        var wanted = KeyWalk.Of(source).Where(use => use.IsUnknown || use.Map is not null || use.Key is not { IsSection: true } || use.Node is ConfigScalar or ConfigTable { IsEmpty: true } or ConfigList { IsOfTables: false }).Select(use => (use.SchemaPath, use.Line));
        result.Keys.Select(key => (key.SchemaPath, key.Line)).ShouldBe(wanted, about);
        result.Keys.Select(key => key.Key).ShouldBeUnique(about);
    }

    private static void OnlyKnownKeys(ConfigDocument document, ConversionOptions options, string about)
    {
        var version = options.TargetVersion is { } wanted ? new Version(wanted.Major, wanted.Minor, Math.Max(0, wanted.Build)) : ConfigKeys.Newest;
        foreach (var use in KeyWalk.Of(document))
        {
            use.IsUnknown.ShouldBeFalse($"{use.Path} in {about}");
            if (use.Key is not { } key) continue;
            key.IsReadBy(version).ShouldBeTrue($"{use.Path} is not read by {version} in {about}");
            Fits(key.Type, use.Node).ShouldBeTrue($"{use.Path} is no {key.Type} in {about}");
        }
    }

    private static bool Fits(string type, ConfigNode node) => type switch
    {
        "string" or "duration-string" => node.TypeName == "string",
        "bool" => node.TypeName == "boolean",
        "int" => node.TypeName == "integer",
        "float" => node.TypeName is "float" or "integer",
        "string[]" => node is ConfigList texts && texts.Items.TrueForAll(item => item.TypeName == "string"),
        "int[]" => node is ConfigList numbers && numbers.Items.TrueForAll(item => item.TypeName == "integer"),
        "array-of-tables" => node is ConfigList { IsOfTables: true },
        "table" => node is ConfigTable,
        "table<string,string>" => node is ConfigTable map && map.Entries.All(entry => entry.Value.TypeName == "string"),
        "table<string,bool>" => node is ConfigTable flags && flags.Entries.All(entry => entry.Value.TypeName == "boolean"),
        _ => true,
    };

    // What is wrong in the source may stay wrong where it was copied; nothing else may be.
    private static void Valid(ConfigDocument source, ConfigDocument document, ConversionOptions options, string about)
    {
        var version = options.TargetVersion is { } wanted ? new Version(wanted.Major, wanted.Minor, Math.Max(0, wanted.Build)) : null;
        IEnumerable<ConfigFinding> Errors(ConfigDocument one) => ValidateConfig.Of(one, version).Where(found => found.Severity == CheckSeverity.Error);
        var known = Errors(source).Select(found => (found.Code, Position().Replace(found.Key, ""))).ToHashSet();
        var errors = Errors(document).Where(found => !known.Contains((found.Code, Position().Replace(found.Key, "")))).ToList();
        errors.ShouldBeEmpty($"{string.Join('\n', errors)} in {about}");
    }

    private static void Volumes(ConfigDocument document, string about)
    {
        foreach (var runner in document.Runners)
        {
            if (runner.Table("kubernetes") is not { } kubernetes) continue;
            var volumes = (kubernetes.Table("volumes")?.Entries ?? []).SelectMany(kind => kubernetes.Table("volumes")!.Tables(kind.Key)).ToList();
            volumes.Select(volume => volume.Text("mount_path")).ShouldBeUnique(about);
            volumes.Select(volume => volume.Text("name")).ShouldBeUnique(about);
            volumes.ShouldAllBe(volume => VolumeName().IsMatch(volume.Text("name")!) && volume.Text("name") != "repo" && volume.Text("name") != "scripts" && volume.Text("name") != "logs", about);
            if (kubernetes["pod_spec"] is not null) runner.Below("feature_flags")!.Flag("FF_USE_ADVANCED_POD_SPEC_CONFIGURATION").ShouldBe(true, about);
            foreach (var key in kubernetes.Entries.Where(entry => Quantities().IsMatch(entry.Key)))
            {
                var quantity = Quantity.Read(((ConfigScalar)key.Value).Value as string ?? "").ShouldNotBeNull($"{key.Key} in {about}");
                quantity.ShouldBeGreaterThan(0, $"{key.Key} in {about}");
                if (key.Key.EndsWith("_request", StringComparison.Ordinal) && kubernetes.Text(key.Key.Replace("_request", "_limit", StringComparison.Ordinal)) is { } limit)
                    quantity.ShouldBeLessThanOrEqualTo(Quantity.Read(limit)!.Value, $"{key.Key} in {about}");
            }
        }
    }

    private static void NoSecrets(ConfigDocument source, string text, ConversionResult result, string about)
    {
        var told = text + string.Join('\n', result.Keys.Select(key => key.Remedy + string.Join('\n', key.Parts.Select(part => part.Value + part.Remedy)))) + string.Join('\n', result.Worksheet.Select(row => row.Value + row.Proposal));
        foreach (var runner in source.Runners)
        {
            if (runner.Text("token") is { Length: > 8 } token && !token.Contains('$') && token != "REDACTED") told.ShouldNotContain(token, Case.Sensitive, about);
            foreach (var hidden in new[] { "HiddenHidden12", "HIDDENHIDDEN", "hidden/hidden", "hiddenhidden", "hunter22", "abcdefgh" }) told.ShouldNotContain(hidden, Case.Sensitive, about);
            foreach (var secret in new[] { runner.Below("cache", "s3")?.Text("SecretKey"), runner.Below("cache", "s3")?.Text("AccessKey"), runner.Below("cache", "azure")?.Text("AccountKey"), runner.Below("cache", "gcs")?.Text("PrivateKey") })
                if (secret is { Length: > 8 } && secret != "REDACTED") told.ShouldNotContain(secret, Case.Sensitive, about);
        }
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$")]
    private static partial Regex VolumeName();

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Position();

    [GeneratedRegex("(cpu|memory|ephemeral_storage)_(request|limit)$")]
    private static partial Regex Quantities();
}
