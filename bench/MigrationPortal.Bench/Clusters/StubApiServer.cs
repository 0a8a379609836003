using System.Net;
using System.Text;

namespace MigrationPortal.Bench.Clusters;

/// <summary>Answers as an API server with so many job pods would, without a network: a list, and a watch that never says anything.</summary>
internal sealed class StubApiServer(int cluster, int pods) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var query = request.RequestUri!.Query;
        HttpContent body = query.Contains("watch=true", StringComparison.Ordinal) ? new StreamContent(new Silence())
            : request.RequestUri.AbsolutePath.EndsWith("/pods", StringComparison.Ordinal) && query.Contains("=job.runner", StringComparison.Ordinal) ? new ByteArrayContent(List())
            : new StringContent("""{"metadata":{"resourceVersion":"1"},"items":[]}""");
        body.Headers.ContentType = new("application/json");
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = body, RequestMessage = request });
    }

    /// <summary>Pods as runners make them, with variables that must not be kept.</summary>
    internal static string Pod(int cluster, int number) => $$$"""
        {"metadata":{"name":"runner-t{{{cluster % 90 + 10}}}abcdefg-project-{{{number}}}-concurrent-{{{number}}}-x7k2m9{{{number % 90 + 10}}}","namespace":"ci-jobs","resourceVersion":"{{{number + 2}}}","creationTimestamp":"2026-11-30T12:00:00Z",
          "labels":{"pod":"runner-{{{number}}}","job.runner.gitlab.com/pod":"runner-{{{number}}}","project.runner.gitlab.com/id":"{{{number}}}","project.runner.gitlab.com/name":"widget-{{{number}}}","manager.runner.gitlab.com/id-short":"t{{{cluster % 90 + 10}}}abcde"},
          "annotations":{"job.runner.gitlab.com/id":"{{{(cluster * 1000L) + number}}}","job.runner.gitlab.com/url":"https://gitlab.example.org/group-{{{number % 40}}}/team/widget-{{{number}}}/-/jobs/{{{(cluster * 1000L) + number}}}","job.runner.gitlab.com/sha":"0f1e2d3c4b5a69788796a5b4c3d2e1f001234567"} },
         "spec":{"nodeName":"node-{{{number % 12}}}","containers":[{"name":"build","image":"alpine:3.21","env":[{{{string.Join(',', Enumerable.Range(0, 100).Select(one => $"{{\"name\":\"CI_VARIABLE_{one}\",\"value\":\"value of variable {one}\"}}"))}}}],"resources":{"requests":{"cpu":"500m","memory":"1Gi"} } },
           {"name":"helper","image":"helper","resources":{"requests":{"cpu":"100m","memory":"256Mi"} } }]},
         "status":{{{(number % 10 == 0 ? """{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable","message":"0/12 nodes are available: 12 Insufficient cpu."}]}""" : """{"phase":"Running","startTime":"2026-11-30T12:00:01Z","conditions":[{"type":"PodScheduled","status":"True"}]}""")}}} }
        """;

    private byte[] List() => Encoding.UTF8.GetBytes($$$"""{"metadata":{"resourceVersion":"1"},"items":[{{{string.Join(',', Enumerable.Range(0, pods).Select(number => Pod(cluster, number)))}}}]}""");

    private sealed class Silence : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return 0;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
