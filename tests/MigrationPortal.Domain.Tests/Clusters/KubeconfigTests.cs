using MigrationPortal.Domain.Clusters;

namespace MigrationPortal.Domain.Tests.Clusters;

public sealed class KubeconfigTests
{
    private static readonly ClusterRules Allowed = new([AllowedCommand.Of("/usr/local/bin/aws eks get-token"), AllowedCommand.Of("gke-gcloud-auth-plugin")], new HashSet<string> { "simulator" });

    [Theory]
    [InlineData("token: t", "")]
    [InlineData("{username: u, password: p}", "")]
    [InlineData("{exec: {command: /usr/local/bin/aws, args: [eks, get-token]}}", "")]
    [InlineData("{exec: {command: aws}}", "exec: would run 'aws' on the portal's machine")]
    [InlineData("{exec: {command: /usr/local/bin/aws -x}}", "AllowedExecCommands")]
    [InlineData("{exec: {}}", "exec: would run 'nothing'")]
    [InlineData("{client-certificate: /home/me/c.pem, client-key: /home/me/k.pem}", "client-certificate: is a path|client-key: is a path|has no token")]
    [InlineData("{tokenFile: /var/run/token, token: t}", "tokenFile: is a path")]
    [InlineData("{client-certificate-data: eA==}", "only one is there|is not the base64 of a certificate")]
    [InlineData("{token: t, as: system:admin}", "as: impersonation")]
    [InlineData("{auth-provider: {name: gcp, config: {cmd-path: /bin/sh}}}", "auth-provider gcp: was taken out")]
    [InlineData("{}", "has no token")]
    public void User_IsJudged(string user, string problems) => Judged(Text(user)).ShouldBe(problems, "|");

    [Theory]
    [InlineData("server: https://10.0.0.1:6443", "")]
    [InlineData("server: http://10.0.0.1:8001", "Must begin with https://")]
    [InlineData("server: http://127.0.0.1:8081/_kube/k8s-a", "")]
    [InlineData("server: http://simulator:8081/_kube/k8s-a", "")]
    [InlineData("server: https://169.254.169.254", "metadata")]
    [InlineData("server: https://u:p@10.0.0.1", "Holds a user name")]
    [InlineData("{}", "server: Needed")]
    [InlineData("{server: https://10.0.0.1, insecure-skip-tls-verify: true}", "insecure-skip-tls-verify: Whoever sits between")]
    [InlineData("{server: https://10.0.0.1, certificate-authority: /etc/ca.pem}", "certificate-authority: is a path")]
    [InlineData("{server: https://10.0.0.1, certificate-authority-data: bm90IGEgY2VydA==}", "is not the base64 of a certificate")]
    [InlineData("{server: https://10.0.0.1, proxy-url: http://proxy}", "proxy-url: is not followed")]
    public void Server_IsJudged(string server, string problems) => Judged(Text("token: t", server)).ShouldBe(problems, "|");

    [Theory]
    [InlineData("", "Needed: the text")]
    [InlineData("a: [", "not readable as YAML near line")]
    [InlineData("- a", "Is no kubeconfig")]
    [InlineData("clusters: 7", "Names no current context")]
    [InlineData("current-context: x", "Has no context 'x'")]
    [InlineData("{current-context: x, contexts: [{name: x, context: {cluster: c, user: u}}]}", "names a cluster that|names a user that")]
    public void WhatIsNoKubeconfig_IsSaid(string text, string problems) => Judged(text).ShouldBe(problems, "|");

    [Theory]
    [InlineData("users:\n- {name: U, user: {exec: {command: /bin/sh, args: [-c, evil]}}}\n- {name: u, user: {token: t}}")]
    [InlineData("evil: &evil {exec: {command: evil}, tokenFile: /evil}\nusers:\n- {name: u, user: {token: t, <<: *evil}}")]
    [InlineData("users:\n- {name: u, user: {token: t}}\n- {name: u, user: {exec: {command: evil}}}")]
    [InlineData("users:\n- {name: u, user: {token: t, Exec: {command: evil}, tokenfile: /evil, nested: {exec: evil}}}")]
    public void Only_HoldsNothingThatWasNotJudged(string users)
    {
        var file = Kubeconfig.Read($"current-context: c\ncontexts:\n- {{name: C, context: {{cluster: evil, user: U}}}}\n- {{name: c, context: {{cluster: k, user: u}}}}\nclusters:\n- {{name: K, cluster: {{server: https://evil}}}}\n- {{name: k, cluster: {{server: https://10.0.0.1, certificate-authority: ''}}}}\n{users}\n");

        file.Problems(null, Allowed).ShouldBeEmpty();
        var only = file.Only(null);
        only.ShouldNotContain("evil");
        only.ShouldNotContain("/bin/sh");
        Kubeconfig.Read(only).Problems(null, Allowed).ShouldBeEmpty();
        Kubeconfig.Read(only).Only(null).ShouldBe(only);
    }

    [Theory]
    [InlineData("{exec: {command: gke-gcloud-auth-plugin, env: [{name: LD_PRELOAD, value: /tmp/x.so}]}}", "exec: may not set LD_PRELOAD")]
    [InlineData("{exec: {command: gke-gcloud-auth-plugin, env: [{name: CLOUDSDK_PYTHON, value: /tmp/x}]}}", "exec: may not set CLOUDSDK_PYTHON")]
    [InlineData("{exec: {command: gke-gcloud-auth-plugin, env: [{name: AWS_CONFIG_FILE, value: /tmp/x}]}}", "exec: may not set AWS_CONFIG_FILE")]
    [InlineData("{exec: {command: gke-gcloud-auth-plugin, env: [{name: AWS_PROFILE, value: ci}]}}", "")]
    [InlineData("{exec: {command: gke-gcloud-auth-plugin, args: [anything]}}", "exec: would run 'gke-gcloud-auth-plugin' on the portal's machine with other arguments")]
    [InlineData("{exec: {command: /usr/local/bin/aws, args: [eks, get-token, --cluster-name, a]}}", "")]
    [InlineData("{exec: {command: /usr/local/bin/aws, args: [s3, rm]}}", "exec: would run '/usr/local/bin/aws' on the portal's machine with other arguments")]
    [InlineData("{exec: {command: /usr/local/bin/aws, args: [eks]}}", "exec: would run '/usr/local/bin/aws' on the portal's machine with other arguments")]
    public void Exec_SetsOnlyVariablesOfProviders(string user, string problems) => Judged(Text(user)).ShouldBe(problems, "|");

    [Fact]
    public void Only_KeepsWhatSignsIn()
    {
        var only = Kubeconfig.Read(Text("{exec: {apiVersion: client.authentication.k8s.io/v1, command: /usr/local/bin/aws, args: [eks, get-token], env: [{name: AWS_PROFILE, value: 'true'}]}}")).Only(null);

        foreach (var kept in new[] { "client.authentication.k8s.io/v1", "/usr/local/bin/aws", "get-token", "AWS_PROFILE", "\"true\"" }) only.ShouldContain(kept);
    }

    [Fact]
    public void Sentences_HoldNoSecret()
    {
        foreach (var text in (string[])[Text("{client-certificate-data: secret-one, token: secret-two, tokenFile: secret-three}"), "token: secret-four\n\tx: [", "token: \"secret-five"])
            string.Join(' ', Kubeconfig.Read(text).Problems(null, Allowed)).ShouldNotContain("secret");
    }

    [Fact]
    public void Facts_AreThoseOfTheChosenContext()
    {
        var facts = Kubeconfig.Read(Text($"token: {Jwt}")).Facts(null);
        (facts.Server, facts.Context, facts.User, facts.Authentication, facts.CaFingerprint).ShouldBe(("10.0.0.1:6443", "here", "me", "token", null));
        facts.ExpiresAt.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1900000000));
    }

    [Fact]
    public void TokenAccess_TellsSubjectAndExpiry_AndNeverTheToken()
    {
        var access = new ClusterAccess.Token("https://10.0.0.1:6443", Jwt, null);
        ConnectionFacts.Of(access).User.ShouldBe("system:serviceaccount:ci:portal");
        access.ToString().ShouldBe("token for 10.0.0.1:6443");
        new ClusterAccess.Kubeconfig(Text("token: hidden"), "here").ToString().ShouldBe("kubeconfig, context here");
    }

    private static string Jwt
    {
        get
        {
            var payload = System.Buffers.Text.Base64Url.EncodeToString("""{"sub":"system:serviceaccount:ci:portal","exp":1900000000}"""u8);
            return $"e30.{payload}.x";
        }
    }

    private static string Text(string user, string cluster = "server: https://10.0.0.1:6443")
    {
        static string Flow(string text) => text.StartsWith('{') ? text : $"{{{text}}}";
        return $"{{current-context: here, clusters: [{{name: c, cluster: {Flow(cluster)}}}], contexts: [{{name: here, context: {{cluster: c, user: me}}}}], users: [{{name: me, user: {Flow(user)}}}]}}";
    }

    private static Problems Judged(string text) => new([.. Kubeconfig.Read(text).Problems(null, Allowed)]);

    private sealed record Problems(IReadOnlyList<string> Sentences)
    {
        /// <summary>One for each part, in order.</summary>
        public void ShouldBe(string parts, string between)
        {
            var wanted = parts.Split(between, StringSplitOptions.RemoveEmptyEntries);
            Sentences.Count.ShouldBe(wanted.Length, string.Join(" / ", Sentences));
            foreach (var (sentence, part) in Sentences.Zip(wanted)) sentence.ShouldContain(part);
        }
    }
}
