using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AtomicPay.Scanner.Api.Revoking;

/// <summary>
/// One line of the audit file. Its hash covers all of it, the hash of the line before included, so that no line can be changed,
/// taken out or put in without being noticed.
/// </summary>
/// <param name="Event">What happened.</param>
/// <param name="Key">SHA-256 of the key; empty for what is not about one.</param>
/// <param name="Attempt">What the lines of one attempt have in common; it was also its Idempotency-Key.</param>
/// <param name="Text">The request, the status, the outcome: what there is to say.</param>
internal sealed record AuditEntry(AuditEvent Event, string Key, string Attempt, string Text)
{
    /// <summary>Stands for the hash of a line before the first.</summary>
    public static readonly string NoHash = new('0', 2 * SHA256.HashSizeInBytes);

    private const string HashField = ",\"hash\":\"";
    private const string End = "\"}";

    /// <summary>The line, with its line feed, and its hash.</summary>
    public (byte[] Line, string Hash) Write(long number, DateTimeOffset time, string previous)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("seq", number);
            json.WriteString("time", time.UtcDateTime);
            json.WriteString("event", NameOf(Event));
            json.WriteString("key", Key);
            json.WriteString("attempt", Attempt);
            json.WriteString("text", Text);
            json.WriteString("prev", previous);
            json.WriteEndObject();
        }

        var open = Encoding.UTF8.GetString(stream.ToArray()).TrimEnd('}');
        var hash = HashOf(open);
        return (Encoding.UTF8.GetBytes($"{open}{HashField}{hash}{End}\n"), hash);
    }

    /// <summary>The entry and its hash; null when the line is not what was written.</summary>
    public static (AuditEntry Entry, string Hash)? Read(string line, long number, string previous)
    {
        var at = line.LastIndexOf(HashField, StringComparison.Ordinal);
        if (at < 0 || !line.EndsWith(End, StringComparison.Ordinal))
        {
            return null;
        }

        var hash = line[(at + HashField.Length)..^End.Length];
        if (hash != HashOf(line[..at]))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return root.GetProperty("seq").GetInt64() == number && root.GetProperty("prev").GetString() == previous
                && Enum.GetValues<AuditEvent>().Where(e => root.GetProperty("event").ValueEquals(NameOf(e))).ToList() is [var happened]
                ? (new AuditEntry(happened, Text("key"), Text("attempt"), Text("text")), hash)
                : null;

            string Text(string name) => root.GetProperty(name).GetString() ?? "";
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static string NameOf(AuditEvent happened) => happened switch
    {
        AuditEvent.Intent => "intent",
        AuditEvent.Answer => "answer",
        AuditEvent.Outcome => "outcome",
        _ => "repaired",
    };

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
