using System.Text.Json.Nodes;
using CsCheck;
using k8s.Models;
using MigrationPortal.Kubernetes;

namespace MigrationPortal.Tests.Kubernetes;

/// <summary>Who owns what after any mix of applies and plain writes, against the rules told in one sentence each.</summary>
public sealed class OwnershipTests
{
    private static readonly FieldType Type = BuiltInTypes.Of(typeof(V1ConfigMap));
    private static readonly string[] Keys = ["a", "b", "c"];

    private static readonly Gen<Write> Writes = Gen.Select(
        Gen.Int[0, 2], Gen.Bool, Gen.Int[0, 2].Array[Keys.Length],
        (manager, applies, values) => new Write(
            $"manager-{manager}", applies, Keys.Zip(values).Where(one => one.Second > 0).ToDictionary(one => one.First, one => $"{one.Second}")));

    [Fact]
    public void AnyMix_OfForcedAppliesAndUpdates_LeavesValuesAndOwnersExact() => Writes.Array[1, 12].Sample(writes =>
    {
        var live = new JsonObject { ["metadata"] = new JsonObject { ["name"] = "m" } };
        var model = new Model();
        foreach (var write in writes)
        {
            live = Do(live, write);
            model.Do(write);

            Values(live).ShouldBe(model.Values, ignoreOrder: true);
            Owned(live).ShouldBe(model.Owned(), ignoreOrder: true);
        }
    }, iter: 2000, threads: 1, seed: "0000KOIXbXo1");

    [Fact]
    public void Apply_NotForced_ConflictsExactlyWhereAnotherOwnsAnotherValue() =>
        Gen.Select(Writes.Array[0, 6], Writes).Sample((before, last) =>
        {
            var live = new JsonObject { ["metadata"] = new JsonObject { ["name"] = "m" } };
            var model = new Model();
            foreach (var write in before)
            {
                live = Do(live, write);
                model.Do(write);
            }

            var expected = model.Conflicts(last with { Applies = true });
            var found = Array.Empty<string>();
            try
            {
                new Ownership(Type, "now").Apply(live, Applied(last), Manager(last with { Applies = true }), force: false, ofStatus: false);
            }
            catch (FieldConflictException conflict)
            {
                found = [.. conflict.Conflicts.Select(one => $"{one.Manager.Name}/{(one.Manager.Applies ? "Apply" : "Update")} {one.Path}")];
            }

            // Who has applied an empty map owns the map itself: whoever fills it meets him, on a real server as well.
            found.Where(one => !one.EndsWith(" .data", StringComparison.Ordinal)).ShouldBe(expected, ignoreOrder: true);
        }, iter: 2000, threads: 1, seed: "0000KOIXbXo1");

    private static JsonObject Do(JsonObject live, Write write)
    {
        var ownership = new Ownership(Type, "now");
        if (write.Applies)
        {
            var (item, entries) = ownership.Apply(live, Applied(write), Manager(write), force: true, ofStatus: false);
            item.Ensure("metadata");
            ManagedEntry.Put(item, entries);
            return item;
        }

        var next = live.DeepClone().AsObject();
        next.Remove("data");
        if (write.Values.Count > 0)
        {
            next["data"] = Data(write.Values);
        }

        ManagedEntry.Put(next, ownership.Update(live, next, ManagedEntry.Of(live), Manager(write), ofStatus: false));
        return next;
    }

    private static JsonObject Applied(Write write) => new() { ["metadata"] = new JsonObject { ["name"] = "m" }, ["data"] = Data(write.Values) };

    private static JsonObject Data(IDictionary<string, string> values) => new(values.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value)));

    private static FieldManager Manager(Write write) => new(write.Manager, write.Applies, "v1", "");

    private static Dictionary<string, string> Values(JsonObject live) =>
        (live["data"] as JsonObject ?? []).ToDictionary(one => one.Key, one => one.Value!.ToString());

    private static IEnumerable<string> Owned(JsonObject live) =>
        from entry in ManagedEntry.Of(live)
        from path in entry.Fields.Shown()
        where path != ".data"
        select $"{entry.Manager.Name}/{(entry.Manager.Applies ? "Apply" : "Update")} {path}";

    private sealed record Write(string Manager, bool Applies, Dictionary<string, string> Values)
    {
        public string Who => $"{Manager}/{(Applies ? "Apply" : "Update")}";

        public override string ToString() => $"{Who} {string.Join(' ', Values.Select(one => $"{one.Key}={one.Value}"))}";
    }

    private sealed class Model
    {
        private readonly Dictionary<string, HashSet<string>> owners = Keys.ToDictionary(key => key, _ => new HashSet<string>());

        public Dictionary<string, string> Values { get; } = [];

        public void Do(Write write)
        {
            foreach (var key in Keys)
            {
                if (write.Values.TryGetValue(key, out var value))
                {
                    Set(key, value, write);
                }
                else if (!write.Applies)
                {
                    Drop(key);
                }
                else if (owners[key].Remove(write.Who) && owners[key].Count == 0)
                {
                    Drop(key);
                }
            }
        }

        public IEnumerable<string> Owned() => from one in owners from who in one.Value select $"{who} .data.{one.Key}";

        public IEnumerable<string> Conflicts(Write write) =>
            from one in write.Values
            where Values.GetValueOrDefault(one.Key) != one.Value
            from who in owners[one.Key]
            where who != write.Who
            select $"{who} .data.{one.Key}";

        // A changed value is its writer's alone; the same value is shared by appliers, and nothing new to an updater.
        private void Set(string key, string value, Write write)
        {
            var same = Values.GetValueOrDefault(key) == value;
            if (!same)
            {
                owners[key].Clear();
            }

            if (write.Applies || !same)
            {
                owners[key].Add(write.Who);
            }

            Values[key] = value;
        }

        private void Drop(string key)
        {
            Values.Remove(key);
            owners[key].Clear();
        }
    }
}
