using System.Net;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Notices;

public class ChannelWishTests
{
    private const string Strong = "whsec_MDEyMzQ1Njc4OWFiY2RlZg==";

    [Theory]
    [InlineData(ChannelKind.Webhook, null, "https://hooks.example.org/x?key=1", null, "")]
    [InlineData(ChannelKind.Webhook, null, "http://10.1.2.3:8080/x", Strong, "")]
    [InlineData(ChannelKind.Slack, null, "https://hooks.slack.com/services/T/B/x", null, "")]
    [InlineData(ChannelKind.Mail, "ops@example.org,mara@example.org", null, null, "")]
    [InlineData(ChannelKind.Webhook, null, null, null, "url")]
    [InlineData(ChannelKind.Webhook, null, "ftp://example.org/", null, "url")]
    [InlineData(ChannelKind.Webhook, null, "file:///etc/passwd", null, "url")]
    [InlineData(ChannelKind.Webhook, null, "gopher://example.org/", null, "url")]
    [InlineData(ChannelKind.Webhook, null, "hooks/x", null, "url")]
    [InlineData(ChannelKind.Webhook, null, "https://user:word@example.org/", null, "url")]
    [InlineData(ChannelKind.Webhook, null, "http://169.254.169.254/latest/meta-data/", null, "url")]
    [InlineData(ChannelKind.Mattermost, null, "http://[fe80::1]/", null, "url")]
    [InlineData(ChannelKind.Mattermost, null, "http://[::ffff:169.254.169.254]/", null, "url")]
    [InlineData(ChannelKind.Mattermost, null, "http://2852039166/", null, "url")]
    [InlineData(ChannelKind.Webhook, null, "https://example.org/", "whsec_c2hvcnQ=", "signingSecret")]
    [InlineData(ChannelKind.Webhook, null, "https://example.org/", "secret", "signingSecret")]
    [InlineData(ChannelKind.Slack, null, "https://example.org/", Strong, "signingSecret")]
    [InlineData(ChannelKind.Webhook, "a@example.org", "https://example.org/", null, "to")]
    [InlineData(ChannelKind.Mail, null, null, null, "to")]
    [InlineData(ChannelKind.Mail, "", null, null, "to")]
    [InlineData(ChannelKind.Mail, "nobody", null, null, "to")]
    [InlineData(ChannelKind.Mail, "Mara <mara@example.org>", null, null, "to")]
    [InlineData(ChannelKind.Mail, "a@example.org\r\nBcc: b@example.org", null, null, "to")]
    [InlineData(ChannelKind.Mail, "a@example.org", "https://example.org/", null, "url")]
    public void Target_IsCheckedByItsKind(ChannelKind kind, string? to, string? url, string? secret, string field) =>
        new ChannelWish("ops", kind, true, to?.Split(',', StringSplitOptions.RemoveEmptyEntries), url, secret, NoticeRules.Usual).Problems(isNew: true)
            .Select(problem => problem.Field).Distinct().ShouldBe(field.Length == 0 ? [] : [field]);

    [Fact]
    public void Problems_NeverShowAddressOrSecret()
    {
        var wish = new ChannelWish("ops", ChannelKind.Webhook, true, null, "ftp://hidden.example.org/token", "hidden-secret", NoticeRules.Usual);

        wish.Problems(isNew: true).Select(problem => problem.Sentence).ShouldAllBe(sentence => !sentence.Contains("hidden", StringComparison.Ordinal));
        wish.ToString().ShouldNotContain("hidden");
        new ChannelTarget.Webhook(new Uri("https://hooks.example.org/hidden?hidden"), "hidden").ToString().ShouldBe("https://hooks.example.org/…");
    }

    [Fact]
    public void RulesForWhatIsNoEvent_AreRefused() =>
        new ChannelWish("ops", ChannelKind.Mail, true, ["a@example.org"], null, null, new NoticeRules(null, new Dictionary<string, NoticeSeverity?> { ["nonsense"] = null }))
            .Problems(isNew: true).ShouldHaveSingleItem().Field.ShouldBe("rules");

    [Theory]
    [InlineData("169.254.169.254", true)]
    [InlineData("169.254.0.1", true)]
    [InlineData("100.100.100.200", true)]
    [InlineData("fd00:ec2::254", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("224.0.0.1", true)]
    [InlineData("::ffff:169.254.169.254", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("93.184.216.34", false)]
    public void Reserved_AreMetadataAndNoHosts_NotPrivateNetworks(string address, bool reserved) =>
        (ReservedAddress.Why(IPAddress.Parse(address)) is not null).ShouldBe(reserved);

    [Fact]
    public void MadeSecrets_AreStrong_AndDiffer()
    {
        var (one, other) = (SigningSecret.Make(), SigningSecret.Make());
        SigningSecret.IsStrong(one).ShouldBeTrue();
        one.ShouldNotBe(other);
    }
}
