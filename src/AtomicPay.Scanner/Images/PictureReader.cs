using System.Collections.Immutable;
using System.Security.Cryptography;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Images.Decoding;
using AtomicPay.Scanner.Images.Recognisers;

namespace AtomicPay.Scanner.Images;

/// <summary>
/// Reads the keys that pictures show: decodes, looks for lines of text, and for keys on them. For one thread at a time; what it needs
/// is loaded for the first picture that may show text.
/// </summary>
/// <param name="isIssued">Whether a text that has the form of a key is one, and no placeholder or identifier.</param>
internal sealed class PictureReader(Func<string, bool> isIssued) : IDisposable
{
    // A minute of a screen recording shows fewer different screens; each costs a fifth of a second.
    private const int MaximumFramesRead = 60;

    private readonly FrameReader _frames = new(isIssued);
    private bool _loaded;

    /// <summary>Why no picture can be read on this machine and what to install, as a sentence without its full stop; null as long as nothing is missing.</summary>
    public string? Unavailable { get; private set; }

    /// <summary>Whether the content begins like a picture; names and extensions are not asked.</summary>
    public static bool LooksLikePicture(ReadOnlySpan<byte> content) => PictureSignature.Of(content) != PictureFormat.None;

    /// <summary>Reads a picture. Hostile or damaged ones give a reason, never an exception.</summary>
    public PictureReading Read(ReadOnlySpan<byte> content, CancellationToken cancellation)
    {
        var keys = ImmutableArray.CreateBuilder<KeyReading>();
        var seen = new HashSet<string>();
        GrayPicture? previous = null;
        string? incomplete = null;
        var read = 0;
        var undecoded = PictureDecoder.Decode(content, Accept);
        cancellation.ThrowIfCancellationRequested();
        return new PictureReading(keys.ToImmutable(), incomplete ?? undecoded);

        bool Accept(GrayPicture frame, int number)
        {
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }

            var changes = ChangedRows.Between(previous, frame);
            if (changes.Count == 0 || !seen.Add(Convert.ToHexString(SHA256.HashData(frame.Pixels))) || !TextTexture.MayHoldKey(frame))
            {
                return true;
            }

            if (!TryLoad())
            {
                incomplete = Unavailable;
                return false;
            }

            if (read++ == MaximumFramesRead)
            {
                incomplete = $"the picture has more than {MaximumFramesRead} different frames: only those were read";
                return false;
            }

            previous = frame;
            foreach (var rows in changes)
            {
                var part = frame.Crop(0, rows.Top, frame.Width, rows.Height);
                if (TextTexture.MayHoldKey(part))
                {
                    incomplete ??= ReadPart(part, rows.Top, number, keys, cancellation);
                }
            }

            return true;
        }
    }

    public void Dispose() => _frames.Dispose();

    private string? ReadPart(GrayPicture part, int top, int frame, ImmutableArray<KeyReading>.Builder keys, CancellationToken cancellation)
    {
        var complete = _frames.FindKeys(part, cancellation, out var candidates);
        foreach (var candidate in candidates)
        {
            var box = candidate.Box;
            var region = new PictureRegion(box.Left, top + box.Top, box.Width, box.Height, candidate.Plausible);
            var reading = new KeyReading(candidate.Readings, region, frame);
            if (!keys.Any(known => KeyLikeness.AreOne(known, reading)))
            {
                keys.Add(reading);
            }
        }

        return complete ? null : "reading the picture took too long and was stopped";
    }

    private bool TryLoad()
    {
        if (!_loaded && Unavailable is null)
        {
            _loaded = Recogniser.TryLoad(out var unavailable);
            Unavailable = unavailable;
        }

        return _loaded;
    }
}
