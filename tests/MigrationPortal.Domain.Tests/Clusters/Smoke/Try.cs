using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Clusters.Smoke;

/// <summary>Short words for the tables of these tests.</summary>
internal static class Try
{
    public static readonly SmokeChoice Choice = new("smoke", null, null, SmokeChoice.UsualPort, null, []);

    public static string Toml(string kubernetes, string runner = "") => $"[[runners]]\nname = \"k\"\nexecutor = \"kubernetes\"\n{runner}\n[runners.kubernetes]\nimage = \"base:1\"\n{kubernetes}\n";

    public static SmokeExpectations Expect(string kubernetes = "", SmokeChoice? choice = null, string runner = "") =>
        ((Outcome<SmokeExpectations>.Done)SmokeExpectations.Of(Toml(kubernetes, runner), choice ?? Choice)).Result;

    public static SmokeJobSeen Job(string name, string log, SmokeJobState state = SmokeJobState.Succeeded, string? reason = null) => new(7, SmokeJob.Prefix + name, state, reason, "https://gitlab/7", log);

    public static CheckResult Check(SmokeExpectations expected, string key, params SmokeJobSeen[] jobs) => SmokeReading.Of(expected, jobs).Single(one => one.Key == key);
}
