using CsCheck;
using MigrationPortal.Domain.Clusters.Live;

namespace MigrationPortal.Domain.Tests.Clusters;

public sealed class PodBookTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<JobPod> Pods =
        from space in Gen.Int[0, 2]
        from name in Gen.Int[0, 20]
        from phase in Gen.Enum<PodPhase>()
        from wait in Gen.Enum<WaitKind>()
        from node in Gen.Int[0, 3]
        from cpu in Gen.Int[0, 4]
        select new JobPod($"ns-{space}", $"pod-{name:00}", name, 1, "", $"runner-{node}", phase, phase == PodPhase.Pending ? new PodWait(wait, null) : null, node == 0 ? null : $"node-{node}", cpu * 100, cpu, Noon, null);

    [Fact]
    public void CountsAndNodes_AreThoseOfThePods_WhateverCameAndWent() =>
        Gen.Select(Pods, Gen.Bool).Array[0, 80].Sample(
            steps =>
            {
                var (book, plain) = (new PodBook(), new Dictionary<(string, string), JobPod>());
                foreach (var (pod, isPut) in steps)
                {
                    if (isPut) (book, plain).Put(pod);
                    else (book, plain).Drop(pod);
                }

                var counts = book.Counts();
                counts.Pending.ShouldBe(plain.Values.Count(one => one.Phase == PodPhase.Pending));
                counts.Running.ShouldBe(plain.Values.Count(one => one.Phase == PodPhase.Running));
                (counts.Pending + counts.Running + counts.Done).ShouldBe(plain.Count);
                counts.Waits.OrderBy(one => one.Key).ShouldBe(plain.Values.Where(one => one.Waits is not null).GroupBy(one => one.Waits!.Kind).Select(one => KeyValuePair.Create(one.Key, one.Count())).OrderBy(one => one.Key));
                counts.Runners.OrderBy(one => one.Key).ShouldBe(plain.Values.Where(one => one.IsActive).GroupBy(one => one.Runner).Select(one => KeyValuePair.Create(one.Key, one.Count())).OrderBy(one => one.Key));
                book.Nodes().OrderBy(one => one.Key).ShouldBe(
                    plain.Values.Where(one => one is { IsActive: true, Node: not null }).GroupBy(one => one.Node!)
                        .Select(one => KeyValuePair.Create(one.Key, new NodeUse(one.Count(), one.Sum(pod => pod.CpuMillis), one.Sum(pod => pod.MemoryBytes)))).OrderBy(one => one.Key));
            },
            seed: "0000KOIKJzm4", iter: 400);

    [Fact]
    public void Pages_TogetherAreAllThatTheFilterTakes_InOrder() =>
        Gen.Select(Pods.Array[0, 60], Gen.Int[1, 7]).Sample(
            (pods, limit) =>
            {
                var book = new PodBook();
                foreach (var pod in pods) book.Put(pod);
                var filter = new PodFilter(Phase: PodPhase.Running);
                var (all, after) = (new List<JobPod>(), ((string, string)?)null);
                while (book.Page(filter, after, limit) is { Count: > 0 } page)
                {
                    all.AddRange(page);
                    after = (page[^1].Namespace, page[^1].Name);
                }

                all.ShouldBe(pods.GroupBy(one => (one.Namespace, one.Name)).Select(one => one.Last()).Where(filter.Takes).OrderBy(one => one.Namespace, StringComparer.Ordinal).ThenBy(one => one.Name, StringComparer.Ordinal));
            },
            seed: "0000KOIKJzm4", iter: 300);

    [Fact]
    public void KeepOnly_TouchesItsNamespaceAlone()
    {
        var book = Book(Pod("a", "one"), Pod("a", "two"), Pod("b", "one"));
        book.KeepOnly("a", new HashSet<string> { "two" });
        book.Page(new PodFilter(), null, 10).Select(one => $"{one.Namespace}/{one.Name}").ShouldBe(["a/two", "b/one"]);
        book.Forget("b");
        book.Forget("c");
        book.Count.ShouldBe(1);
    }

    [Fact]
    public void WhatAnEventTaught_IsDroppedWhenThePodChangedMeanwhile()
    {
        var creating = Pod("a", "one") with { Phase = PodPhase.Pending, Waits = new PodWait(WaitKind.ContainerCreating, null) };
        var mounting = creating with { Waits = new PodWait(WaitKind.Mount, "no such volume") };
        var book = Book(creating);
        book.Creating(Noon).ShouldBeEmpty("it is not older than noon");
        book.Creating(Noon.AddSeconds(1)).ShouldBe([creating]);
        book.Replace(creating, mounting);
        book.Find("a", "one").ShouldBe(mounting);
        book.Put(Pod("a", "one"));
        book.Replace(mounting, mounting);
        book.Find("a", "one")!.Phase.ShouldBe(PodPhase.Running);
    }

    [Fact]
    public void InOrderOfNeed_WaitingOnesComeFirst_TheLongestBeforeOthers()
    {
        var book = Book(
            Pod("a", "running"), Pod("a", "done") with { Phase = PodPhase.Succeeded },
            Pod("a", "late") with { Phase = PodPhase.Pending, CreatedAt = Noon.AddMinutes(1) }, Pod("a", "early") with { Phase = PodPhase.Pending });
        book.InOrderOfNeed(new PodFilter(), 10).Select(one => one.Name).ShouldBe(["early", "late", "running", "done"]);
    }

    [Theory]
    [InlineData("WIDGET", true)]
    [InlineData("900", true)]
    [InlineData("90", false)]
    [InlineData("node-7", true)]
    [InlineData("other", false)]
    public void Text_FindsProjectNodeNameAndWholeJobId(string text, bool takes) =>
        new PodFilter(Text: text).Takes(Pod("a", "runner-x") with { Job = 900, ProjectPath = "physics/widget", Node = "node-7" }).ShouldBe(takes);

    [Fact]
    public void SamePodAgain_ChangesNothing()
    {
        var book = Book(Pod("a", "one"));
        var revision = book.Revision;
        book.Put(Pod("a", "one"));
        book.Revision.ShouldBe(revision);
    }

    private static PodBook Book(params JobPod[] pods)
    {
        var book = new PodBook();
        foreach (var pod in pods) book.Put(pod);
        return book;
    }

    private static JobPod Pod(string space, string name) => new(space, name, 1, 1, "", "", PodPhase.Running, null, null, 0, 0, Noon, null);
}

internal static class BookAndPlain
{
    public static void Put(this (PodBook Book, Dictionary<(string, string), JobPod> Plain) both, JobPod pod)
    {
        both.Book.Put(pod);
        both.Plain[(pod.Namespace, pod.Name)] = pod;
    }

    public static void Drop(this (PodBook Book, Dictionary<(string, string), JobPod> Plain) both, JobPod pod)
    {
        both.Book.Drop(pod.Namespace, pod.Name);
        both.Plain.Remove((pod.Namespace, pod.Name));
    }
}
