using System.Text;

namespace AtomicPay.Scanner.Tests.Containers;

public sealed class MailTests
{
    private const string Headers = "From: a@example.com\r\nTo: b@example.com\r\nSubject: keys\r\nMIME-Version: 1.0\r\n";

    private readonly string _key = TestKey.New();

    [Fact]
    public void A_key_that_quoted_printable_breaks_is_joined()
    {
        var mail = $"{Headers}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nKEY=3D{_key[..30]}=\r\n{_key[30..]}\r\n";
        ShouldBeFoundAlone(mail, "x");
    }

    [Fact]
    public void An_attached_archive_is_opened_under_its_name()
    {
        var zip = Convert.ToBase64String(Packed.Zip(("app.env", Packed.Text(_key))), Base64FormattingOptions.InsertLineBreaks);
        ShouldBeFoundAlone($"{Headers}{Multipart("text/plain", "hello", $"application/zip; name=\"conf.zip\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"conf.zip\"", zip)}", "x!/conf.zip!/app.env");
    }

    [Fact]
    public void A_mail_in_a_mail_in_a_mailbox_is_read()
    {
        var zip = Convert.ToBase64String(Packed.Zip(("app.env", Packed.Text(_key))), Base64FormattingOptions.InsertLineBreaks);
        var inner = $"{Headers}Content-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n{zip}\r\n";
        var mailbox = $"From a@example.com Mon Mar  2 10:00:00 2026\r\n{Headers}\r\nnothing\r\n\r\nFrom a@example.com Mon Mar  2 10:00:01 2026\r\n{Headers}{Multipart("text/plain", "hello", "message/rfc822", inner)}";
        ShouldBeFoundAlone(mailbox, "x!/message 2/part 2!/app.env");
    }

    [Fact]
    public void An_encoded_header_is_decoded()
    {
        // Two encoded words, as long headers are written.
        var subject = string.Join("\r\n ", _key.Chunk(24).Select(piece => $"=?utf-8?Q?{new string(piece).Replace("_", "=5F", StringComparison.Ordinal)}?="));
        ShouldBeFoundAlone($"From: a@example.com\r\nMIME-Version: 1.0\r\nSubject: {subject}\r\n\r\nhello\r\n", "x!/headers");
    }

    [Fact]
    public void A_key_that_stands_in_the_open_is_told_of_at_its_line()
    {
        ShouldBeFoundAlone($"{Headers}{Multipart("text/plain", _key, "text/plain\r\nContent-Transfer-Encoding: base64", Convert.ToBase64String(Encoding.UTF8.GetBytes("nothing at all")))}", "x");
    }

    [Fact]
    public void Damage_and_nesting_never_end_the_scan()
    {
        var nested = new StringBuilder(Headers);
        for (var i = 0; i < 2000; i++)
        {
            nested.Append($"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n");
        }

        Should.NotThrow(() => Packed.Scan(Packed.Text($"{nested}Content-Transfer-Encoding: base64\r\n\r\nYQ==")));
        foreach (var damaged in Damaged.Of(Packed.Text($"{Headers}{Multipart("text/plain", "a", "application/zip\r\nContent-Transfer-Encoding: base64", Convert.ToBase64String(Packed.Zip(("a", Packed.Text(_key)))))}")))
        {
            Should.NotThrow(() => Packed.Scan(damaged));
        }
    }

    private static string Multipart(string type, string text, string otherType, string other) =>
        $"Content-Type: multipart/mixed; boundary=\"cut\"\r\n\r\n--cut\r\nContent-Type: {type}\r\n\r\n{text}\r\n--cut\r\nContent-Type: {otherType}\r\n\r\n{other}\r\n--cut--\r\n";

    private void ShouldBeFoundAlone(string mail, string path)
    {
        var (found, skipped) = Packed.Scan(Packed.Text(mail));
        found.ShouldBe([Packed.Found(path, _key)]);
        skipped.ShouldBeEmpty();
    }
}
