using System.Collections.Concurrent;
using System.Security.Cryptography;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Images;
using AtomicPay.Scanner.Images.Isolation;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Pipeline;

/// <summary>Reads pictures, each distinct one once: the same screenshot lies in the working tree and in history.</summary>
internal sealed class PictureScanner(RuleSet rules, CancellationToken cancellation) : IDisposable
{
    private readonly ConcurrentDictionary<string, Task<PictureReading>> _readings = new();
    private readonly ConcurrentDictionary<string, bool> _remembered = new();
    private readonly ConcurrentBag<PictureProcess> _idle = [];

    /// <summary>How many distinct pictures were met.</summary>
    public long Count => _readings.Count + _remembered.Keys.Count(sha256 => !_readings.ContainsKey(sha256));

    public static bool IsPicture(ReadOnlySpan<byte> head) => PictureReader.LooksLikePicture(head);

    /// <summary>Whether a scan started this process, to read pictures for it.</summary>
    public static bool IsWorker(string[] arguments) => arguments is [PictureWorker.Argument];

    /// <summary>Reads pictures for the scan that started this process.</summary>
    public static int Work() => PictureWorker.Run(static key => RuleSet.Judge(RuleSet.Default.Rules[0], key).IsIssued);

    /// <summary>Reads the content if it is a picture.</summary>
    public void Accept(ReadOnlySpan<byte> content, Origin origin, ContentScanner scanner)
    {
        if (!IsPicture(content))
        {
            return;
        }

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        ContentScanner.MeetPicture(sha256);
        var reading = ReadOnce(content, sha256);
        if (reading.Incomplete is { } reason)
        {
            scanner.Skip(new Skipped(origin, reason));
        }

        foreach (var key in reading.Keys)
        {
            var secret = SecretOf(key.Key);
            scanner.Detect(new Detection(rules.Rules[0], secret, origin, Region: null, key.Region, DecodedBy: [], key.Confidence)
            {
                OtherReadings = key.Region.Candidates == 1 ? [] : [.. key.Readings.Skip(1).Select(reading => SecretOf(reading.Text))],
            });
        }
    }

    /// <summary>Counts pictures that an earlier scan read, each once with those that this scan reads.</summary>
    public void CountRemembered(IEnumerable<string> sha256OfEach)
    {
        foreach (var sha256 in sha256OfEach)
        {
            _remembered.TryAdd(sha256, true);
        }
    }

    public void Dispose()
    {
        foreach (var reader in _idle)
        {
            reader.Dispose();
        }
    }

    private Secret SecretOf(string key) => new(key, rules.Rules[0].PrefixOf(key));

    private PictureReading ReadOnce(ReadOnlySpan<byte> content, string sha256)
    {
        // The first to come reads, and the others wait for what it finds.
        var reader = new TaskCompletionSource<PictureReading>();
        var first = _readings.GetOrAdd(sha256, reader.Task);
        if (first != reader.Task)
        {
            return first.GetAwaiter().GetResult();
        }

        try
        {
            var reading = Read(content);
            reader.SetResult(reading);
            return reading;
        }
        catch (Exception e)
        {
            reader.SetException(e);
            throw;
        }
    }

    private PictureReading Read(ReadOnlySpan<byte> content)
    {
        var reader = _idle.TryTake(out var idle) ? idle : new PictureProcess();
        try
        {
            return reader.Read(content, cancellation);
        }
        finally
        {
            _idle.Add(reader);
        }
    }
}
