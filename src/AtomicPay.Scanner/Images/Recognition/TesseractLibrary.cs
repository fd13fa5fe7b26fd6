using System.Runtime.InteropServices;
using AtomicPay.Scanner.Images.Native;

namespace AtomicPay.Scanner.Images.Recognition;

/// <summary>The part of Tesseract's C API that is used. Handles are opaque pointers; texts it hands out are freed with <see cref="DeleteText"/>.</summary>
internal static unsafe partial class TesseractLibrary
{
    public const int LstmOnly = 1;
    public const int TextLineLevel = 2;
    public const int WordLevel = 3;
    public const int SymbolLevel = 4;

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPICreate")]
    public static partial nint Create();

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPIDelete")]
    public static partial void Delete(nint engine);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPIInit4", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Initialize(
        nint engine, string? dataPath, string language, int mode, nint configs, int configCount, string[] names, string[] values, nuint count, int onlyNonDebug);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPISetVariable", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetVariable(nint engine, string name, string value);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPISetPageSegMode")]
    public static partial void SetPageMode(nint engine, int mode);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPISetImage")]
    public static partial void SetImage(nint engine, byte* pixels, int width, int height, int bytesPerPixel, int bytesPerLine);

    /// <summary>Without a resolution, in pixels an inch, Tesseract guesses one and says so.</summary>
    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPISetSourceResolution")]
    public static partial void SetSourceResolution(nint engine, int resolution);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPIRecognize")]
    public static partial int Recognize(nint engine, nint monitor);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPIGetIterator")]
    public static partial nint GetIterator(nint engine);

    /// <summary>Forgets the picture and what was read in it.</summary>
    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPIClear")]
    public static partial void Clear(nint engine);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessMonitorCreate")]
    public static partial nint CreateMonitor();

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessMonitorDelete")]
    public static partial void DeleteMonitor(nint monitor);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessMonitorSetCancelFunc")]
    public static partial void SetCancelFunction(nint monitor, delegate* unmanaged[Cdecl]<nint, int, byte> function);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessMonitorSetCancelThis")]
    public static partial void SetCancelArgument(nint monitor, nint argument);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessResultIteratorDelete")]
    public static partial void DeleteIterator(nint iterator);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessResultIteratorNext")]
    public static partial int Next(nint iterator, int level);

    /// <summary>The same iterator seen as one over the page's layout; not to be deleted.</summary>
    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessResultIteratorGetPageIterator")]
    public static partial nint AsPageIterator(nint iterator);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessResultIteratorGetUTF8Text")]
    public static partial nint GetText(nint iterator, int level);

    /// <summary>From 0 to 100.</summary>
    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessResultIteratorConfidence")]
    public static partial float Confidence(nint iterator, int level);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessDeleteText")]
    public static partial void DeleteText(nint text);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessPageIteratorBoundingBox")]
    public static partial int BoundingBox(nint pageIterator, int level, out int left, out int top, out int right, out int bottom);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessPageIteratorIsAtBeginningOf")]
    public static partial int IsAtBeginningOf(nint pageIterator, int level);
}
