using AtomicPay.Scanner.Images.Decoding;
using AtomicPay.Scanner.Images.Native;

namespace AtomicPay.Scanner.Images.Recognition;

/// <summary>Tesseract's layout analysis, which finds lines of text and reads none. For one thread at a time.</summary>
internal sealed unsafe class TesseractLayout : IDisposable
{
    /// <summary>Tesseract counts pixels in 16 bits with a sign.</summary>
    public const int LargestSide = short.MaxValue;

    // Pixels an inch; and Tesseract's number for as much text as possible, in no order.
    private const int ScreenResolution = 150;
    private const int SparseText = 11;

    private nint _engine;

    private TesseractLayout(nint engine) => _engine = engine;

    ~TesseractLayout() => Release();

    /// <summary>Loads Tesseract; null when it is not installed.</summary>
    public static TesseractLayout? TryCreate()
    {
        if (!NativeLibraries.HasTesseract)
        {
            return null;
        }

        LeptonicaLibrary.Silence();
        var engine = TesseractLibrary.Create();
        TesseractLibrary.InitializeForLayout(engine);
        _ = TesseractLibrary.SetVariable(engine, "debug_file", OperatingSystem.IsWindows() ? "nul" : "/dev/null");
        return new TesseractLayout(engine);
    }

    /// <summary>The lines of text in a picture.</summary>
    public List<PixelBox> Lines(GrayPicture picture)
    {
        ObjectDisposedException.ThrowIf(_engine == 0, this);
        var lines = new List<PixelBox>();
        TesseractLibrary.SetPageMode(_engine, SparseText);
        fixed (byte* pixels = picture.Pixels)
        {
            // The picture is copied; the pointer is not kept.
            TesseractLibrary.SetImage(_engine, pixels, picture.Width, picture.Height, 1, picture.Width);
        }

        TesseractLibrary.SetSourceResolution(_engine, ScreenResolution);
        var iterator = TesseractLibrary.AnalyseLayout(_engine);
        if (iterator != 0)
        {
            do
            {
                if (TesseractLibrary.BoundingBox(iterator, TesseractLibrary.TextLineLevel, out var left, out var top, out var right, out var bottom) != 0)
                {
                    lines.Add(new PixelBox(left, top, right, bottom));
                }
            }
            while (TesseractLibrary.Next(iterator, TesseractLibrary.TextLineLevel) != 0);
            TesseractLibrary.DeleteIterator(iterator);
        }

        TesseractLibrary.Clear(_engine);
        return lines;
    }

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        if (_engine != 0)
        {
            TesseractLibrary.Delete(_engine);
            _engine = 0;
        }
    }
}
