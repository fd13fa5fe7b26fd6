using System.Globalization;
using System.Text;
using MimeKit;
using MimeKit.Tnef;

namespace AtomicPay.Scanner.Containers.Mail;

/// <summary>Hands on the parts of a message, or of all messages of a mailbox.</summary>
internal sealed class Mailbox(Stream stream, bool isMailbox, Members members)
{
    private const int Deepest = 32;

    private int _parts;

    public void HandOn()
    {
        var options = new ParserOptions { MaxMimeDepth = Deepest };
        var parser = new MimeParser(options, stream, isMailbox ? MimeFormat.Mbox : MimeFormat.Entity, persistent: true);
        for (var number = 1; !parser.IsEndOfStream && !members.IsOver; number++)
        {
            using var message = parser.ParseMessage();
            _parts = 0;
            HandOn(message, isMailbox ? string.Create(CultureInfo.InvariantCulture, $"message {number}/") : "", 0);
        }
    }

    private void HandOn(MimeMessage message, string folder, int depth)
    {
        HandOn(message.Headers, folder);
        if (message.Body is { } body)
        {
            HandOn(body, folder, depth);
        }
    }

    private void HandOn(MimeEntity entity, string folder, int depth)
    {
        if (members.IsOver)
        {
            return;
        }

        if (depth > Deepest)
        {
            members.Skip($"its parts are nested more than {Deepest} deep; those were not scanned");
            return;
        }

        switch (entity)
        {
            case Multipart multipart:
                foreach (var part in multipart)
                {
                    HandOn(part, folder, depth + 1);
                }

                break;
            case MessagePart { Message: { } message }:
                HandOn(message, folder, depth + 1);
                break;
            case TnefPart { Content: not null } tnef:
                foreach (var attachment in tnef.ExtractAttachments())
                {
                    HandOn(attachment, folder, depth + 1);
                }

                break;
            case MimePart { Content: { } content } part:
                var name = part.FileName ?? string.Create(CultureInfo.InvariantCulture, $"part {++_parts}");
                using (var decoded = content.Open())
                {
                    members.Add(folder + name, decoded);
                }

                break;
            default:
                break;
        }
    }

    private void HandOn(HeaderList headers, string folder)
    {
        var text = new StringBuilder();
        foreach (var header in headers)
        {
            text.Append(header.Value).Append('\n');
        }

        members.Add(folder + "headers", Encoding.UTF8.GetBytes(text.ToString()));
    }
}
