using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AtomicPay.Scanner.Images.Decoding;
using AtomicPay.Scanner.Images.Native;

namespace AtomicPay.Scanner.Images.Recognition;

/// <summary>Tesseract with its English data and without its dictionaries, which turn keys into words. For one thread at a time.</summary>
internal sealed unsafe class TesseractEngine : IDisposable
{
    /// <summary>Tesseract counts pixels in 16 bits with a sign.</summary>
    public const int LargestSide = short.MaxValue;

    // A screenshot takes a fifth of a second; one that takes this long is noise that looks like text everywhere.
    private const int DeadlineMilliseconds = 60_000;

    private const int ScreenResolution = 96;

    private nint _engine;

    private TesseractEngine(nint engine) => _engine = engine;

    ~TesseractEngine() => Release();

    /// <summary>Loads the engine, or says what to install.</summary>
    /// <param name="dataPath">The folder with <c>eng.traineddata</c>; null for <c>TESSDATA_PREFIX</c>, or else where the system has it.</param>
    /// <param name="unavailable">Why there is no engine: a sentence without its full stop.</param>
    public static TesseractEngine? TryCreate(string? dataPath, out string? unavailable)
    {
        if (!NativeLibraries.HasTesseract)
        {
            unavailable = $"pictures need Tesseract 5, which is not installed ({Remedy})";
            return null;
        }

        LeptonicaLibrary.Silence();
        var handle = TesseractLibrary.Create();
        string[] names = ["debug_file", "load_system_dawg", "load_freq_dawg", "load_punc_dawg", "load_number_dawg", "load_bigram_dawg"];
        string[] values = [NullDevice, "0", "0", "0", "0", "0"];

        // Before Initialize, so that not even its complaints reach the error stream; the dictionaries, only through Initialize.
        _ = TesseractLibrary.SetVariable(handle, names[0], values[0]);
        if (TesseractLibrary.Initialize(handle, dataPath, "eng", TesseractLibrary.LstmOnly, 0, 0, names, values, (nuint)names.Length, 0) != 0)
        {
            TesseractLibrary.Delete(handle);
            unavailable = $"pictures need Tesseract's English data, which is not there ({Remedy}; a folder of its own goes into TESSDATA_PREFIX)";
            return null;
        }

        unavailable = null;
        return new TesseractEngine(handle);
    }

    /// <summary>Reads the lines of a picture. False when the deadline passed or the caller no longer wants them; the lines are then those read so far.</summary>
    public bool Read(GrayPicture picture, PageMode mode, Thresholding thresholding, CancellationToken cancellation, out ImmutableArray<TextLine> lines)
    {
        ObjectDisposedException.ThrowIf(_engine == 0, this);
        TesseractLibrary.SetPageMode(_engine, (int)mode);
        _ = TesseractLibrary.SetVariable(_engine, "thresholding_method", ((int)thresholding).ToString(CultureInfo.InvariantCulture));
        fixed (byte* pixels = picture.Pixels)
        {
            // The picture is copied; the pointer is not kept.
            TesseractLibrary.SetImage(_engine, pixels, picture.Width, picture.Height, 1, picture.Width);
        }

        TesseractLibrary.SetSourceResolution(_engine, ScreenResolution);
        var watch = new Watch(Environment.TickCount64 + DeadlineMilliseconds, cancellation);
        var watchHandle = GCHandle.Alloc(watch);
        var monitor = TesseractLibrary.CreateMonitor();
        try
        {
            TesseractLibrary.SetCancelArgument(monitor, GCHandle.ToIntPtr(watchHandle));
            TesseractLibrary.SetCancelFunction(monitor, &IsOver);
            var recognised = TesseractLibrary.Recognize(_engine, monitor) == 0;
            lines = recognised ? CollectLines() : [];
            return recognised && !watch.Stopped;
        }
        finally
        {
            TesseractLibrary.DeleteMonitor(monitor);
            watchHandle.Free();
            TesseractLibrary.Clear(_engine);
        }
    }

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private static string NullDevice => OperatingSystem.IsWindows() ? "nul" : "/dev/null";

    private static string Remedy => OperatingSystem.IsMacOS() ? "brew install tesseract" : OperatingSystem.IsWindows()
        ? "install Tesseract 5 and put its folder on PATH"
        : "apt-get install libtesseract5 tesseract-ocr-eng";

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte IsOver(nint argument, int words) => ((Watch)GCHandle.FromIntPtr(argument).Target!).IsOver() ? (byte)1 : (byte)0;

    private ImmutableArray<TextLine> CollectLines()
    {
        var lines = ImmutableArray.CreateBuilder<TextLine>();
        var symbols = ImmutableArray.CreateBuilder<TextSymbol>();
        var iterator = TesseractLibrary.GetIterator(_engine);
        if (iterator == 0)
        {
            return [];
        }

        var page = TesseractLibrary.AsPageIterator(iterator);
        do
        {
            if (TesseractLibrary.IsAtBeginningOf(page, TesseractLibrary.TextLineLevel) != 0)
            {
                AddLine();
            }

            var beginsWord = TesseractLibrary.IsAtBeginningOf(page, TesseractLibrary.WordLevel) != 0;
            var confidence = TesseractLibrary.Confidence(iterator, TesseractLibrary.SymbolLevel) / 100;
            if (TesseractLibrary.BoundingBox(page, TesseractLibrary.SymbolLevel, out var left, out var top, out var right, out var bottom) == 0)
            {
                continue;
            }

            // A ligature is one symbol of several characters.
            foreach (var character in TakeText(TesseractLibrary.GetText(iterator, TesseractLibrary.SymbolLevel)))
            {
                symbols.Add(new TextSymbol(character, new PixelBox(left, top, right, bottom), confidence, beginsWord));
                beginsWord = false;
            }
        }
        while (TesseractLibrary.Next(iterator, TesseractLibrary.SymbolLevel) != 0);
        TesseractLibrary.DeleteIterator(iterator);
        AddLine();
        return lines.ToImmutable();

        void AddLine()
        {
            if (symbols.Count > 0)
            {
                lines.Add(TextLine.WithoutGhosts(symbols.ToImmutable()));
                symbols.Clear();
            }
        }
    }

    private static string TakeText(nint text)
    {
        if (text == 0)
        {
            return "";
        }

        var characters = Marshal.PtrToStringUTF8(text)!;
        TesseractLibrary.DeleteText(text);
        return characters;
    }

    private void Release()
    {
        if (_engine != 0)
        {
            TesseractLibrary.Delete(_engine);
            _engine = 0;
        }
    }

    private sealed class Watch(long deadline, CancellationToken cancellation)
    {
        public bool Stopped { get; private set; }

        public bool IsOver()
        {
            Stopped |= cancellation.IsCancellationRequested || Environment.TickCount64 > deadline;
            return Stopped;
        }
    }
}
