namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>What the audit trail tells of one operation.</summary>
internal static class AuditTrail
{
    /// <summary>The portal itself rolled it back: once, to the end, and the trail holds.</summary>
    public static async Task RolledBackOnceByThePortalAsync(this World world, string operation, CancellationToken cancellation)
    {
        var entries = (await world.Api.GetAsync("audit?limit=200", cancellation))["items"]!.AsArray().Where(one => one!["subject"]!.GetValue<string>() == $"operation/{operation}").ToList();
        var begun = entries.Where(one => one!["what"]!.GetValue<string>() == "operation.roll-back").ToList();
        begun.ShouldHaveSingleItem()!["who"]!.GetValue<string>().ShouldBe("portal");
        begun[0]!["why"]!.GetValue<string>().ShouldStartWith("Automatic: ");
        entries.Count(one => one!["what"]!.GetValue<string>() == "operation.rolled-back").ShouldBe(1);
        (await world.Api.GetAsync($"operations/{operation}", cancellation))["state"]!.GetValue<string>().ShouldBe("rolledBack");
        (await world.Api.GetAsync("audit/verify", cancellation))["valid"]!.GetValue<bool>().ShouldBeTrue();
    }
}
