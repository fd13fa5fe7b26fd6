using System.Runtime.InteropServices;
using AtomicPay.Scanner.Images.Native;

namespace AtomicPay.Scanner.Images.Recognition;

/// <summary>The part of Tesseract's C API that is used. Handles are opaque pointers.</summary>
internal static unsafe partial class TesseractLibrary
{
    public const int TextLineLevel = 2;

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPICreate")]
    public static partial nint Create();

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPIDelete")]
    public static partial void Delete(nint engine);

    /// <summary>Without a language, for which data would have to be installed: enough to find lines.</summary>
    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPIInitForAnalysePage")]
    public static partial void InitializeForLayout(nint engine);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPISetVariable", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetVariable(nint engine, string name, string value);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPISetPageSegMode")]
    public static partial void SetPageMode(nint engine, int mode);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPISetImage")]
    public static partial void SetImage(nint engine, byte* pixels, int width, int height, int bytesPerPixel, int bytesPerLine);

    /// <summary>Without a resolution, in pixels an inch, Tesseract guesses one and says so.</summary>
    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPISetSourceResolution")]
    public static partial void SetSourceResolution(nint engine, int resolution);

    /// <summary>An iterator over the page's layout, or nothing for an empty page.</summary>
    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPIAnalyseLayout")]
    public static partial nint AnalyseLayout(nint engine);

    /// <summary>Forgets the picture and what was found in it.</summary>
    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessBaseAPIClear")]
    public static partial void Clear(nint engine);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessPageIteratorDelete")]
    public static partial void DeleteIterator(nint iterator);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessPageIteratorNext")]
    public static partial int Next(nint iterator, int level);

    [LibraryImport(NativeLibraries.Tesseract, EntryPoint = "TessPageIteratorBoundingBox")]
    public static partial int BoundingBox(nint pageIterator, int level, out int left, out int top, out int right, out int bottom);
}
