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
    /// <summary>
    /// How long one picture is read. A screenshot takes a tenth of a second, a minute of a screen recording a few; what takes longer is
    /// noise that looks like text everywhere, or made to take long.
    /// </summary>
    public const int LongestSeconds = 60;

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
        var deadline = Environment.TickCount64 + (LongestSeconds * 1000);
        var undecoded = Decode(content, Accept);
        cancellation.ThrowIfCancellationRequested();
        return new PictureReading(keys.ToImmutable(), incomplete ?? undecoded);

        bool Accept(GrayPicture frame, int number)
        {
            var changes = ChangedRows.Between(previous, frame);
            if (changes.Count == 0 || !seen.Add(Convert.ToHexString(SHA256.HashData(frame.Pixels))) || !TextTexture.MayHoldKey(frame))
            {
                return !Stops(number);
            }

            if (!TryLoad())
            {
                incomplete = Unavailable;
                return false;
            }

            previous = frame;
            foreach (var rows in changes)
            {
                var part = frame.Crop(0, rows.Top, frame.Width, rows.Height);
                if (TextTexture.MayHoldKey(part))
                {
                    ReadPart(part, rows.Top, number, keys, IsOver);
                }
            }

            return !Stops(number);
        }

        bool Stops(int number)
        {
            if (!IsOver())
            {
                return false;
            }

            incomplete ??= number == 0 ? "reading the picture took too long and was stopped"
                : $"reading the picture took too long: only what its first {number} frames or pages show was read";
            return true;
        }

        bool IsOver() => cancellation.IsCancellationRequested || Environment.TickCount64 > deadline;
    }

    public void Dispose() => _frames.Dispose();

    private string? Decode(ReadOnlySpan<byte> content, Func<GrayPicture, int, bool> accept)
    {
        try
        {
            return PictureDecoder.Decode(content, accept);
        }
        catch (Exception e) when ((e is TypeInitializationException ? e.GetBaseException() : e) is DllNotFoundException)
        {
            return Unavailable = "pictures need the library SkiaSharp, which belongs beside this program and cannot be loaded";
        }
    }

    private void ReadPart(GrayPicture part, int top, int frame, ImmutableArray<KeyReading>.Builder keys, Func<bool> isOver)
    {
        foreach (var candidate in _frames.FindKeys(part, isOver))
        {
            var box = candidate.Box;
            var region = new PictureRegion(box.Left, top + box.Top, box.Width, box.Height, candidate.Plausible);
            var reading = new KeyReading(candidate.Readings, region, frame);
            if (!keys.Any(known => KeyLikeness.AreOne(known, reading)))
            {
                keys.Add(reading);
            }
        }
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
