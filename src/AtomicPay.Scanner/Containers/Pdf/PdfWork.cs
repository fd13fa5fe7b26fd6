using System.Diagnostics;
using UglyToad.PdfPig.Logging;

namespace AtomicPay.Scanner.Containers.Pdf;

/// <summary>
/// What the reading of one document's pages may still cost. The library calls it as its log, and our filters and pages call it
/// with every step, so that a document that would keep the library busy for ever is left.
/// </summary>
internal sealed class PdfWork(TimeSpan longest) : ILog
{
    public const int MostPages = 10_000;

    private const long MostGlyphs = 50_000_000;
    private const long MostSteps = 5_000_000;
    private const long MostBytes = 8L << 30;
    private const long MostFound = 1L << 30;

    private readonly long _start = Stopwatch.GetTimestamp();
    private long _glyphs;
    private long _steps;
    private long _bytes;
    private long _found;
    private volatile bool _isOver;

    /// <summary>Whether the reading was ended before the end of the document.</summary>
    public bool IsOver => _isOver;

    /// <summary>Ends the reading at its next step.</summary>
    public void End() => _isOver = true;

    public void TakeGlyph()
    {
        if (++_glyphs > MostGlyphs || (_glyphs & 0x3FF) == 0)
        {
            Check(_glyphs > MostGlyphs);
        }
    }

    public void TakeStep() => Check(++_steps > MostSteps);

    /// <summary>Takes bytes that a filter unpacks.</summary>
    public void TakeBytes(long count)
    {
        _bytes += count;
        Check(_bytes > MostBytes);
    }

    /// <summary>Takes bytes that were found, all of which are held until the end.</summary>
    public void TakeFound(long count)
    {
        _found += count;
        Check(_found > MostFound);
    }

    public void Debug(string message) => Check(false);

    public void Debug(string message, Exception ex) => Check(false);

    public void Warn(string message) => Check(false);

    public void Error(string message) => Check(false);

    public void Error(string message, Exception ex) => Check(false);

    private void Check(bool isTooMuch)
    {
        if (isTooMuch || Stopwatch.GetElapsedTime(_start) > longest)
        {
            _isOver = true;
        }

        if (_isOver)
        {
            throw new InvalidDataException("The pages cost more than any real document's.");
        }
    }
}
