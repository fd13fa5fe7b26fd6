using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AtomicPay.Scanner.Images.Native;

/// <summary>The part of leptonica's C API that reads TIFF, and writes it and GIF. A <c>pix</c> is its picture; each function's result of 0 means success.</summary>
internal static unsafe partial class LeptonicaLibrary
{
    // The severity above that of every message.
    private const int NoMessages = 6;

    /// <summary>Keeps leptonica, and Tesseract's use of it, off the error stream: what they say about a picture is no news to the user.</summary>
    public static void Silence()
    {
        if (NativeLibraries.HasLeptonica)
        {
            _ = SetMessageSeverity(NoMessages);
            SetErrorStreamHandler(&Discard);
        }
    }

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "readHeaderMemTiff")]
    public static partial int ReadTiffHeader(
        byte* content, nuint length, int page, out int width, out int height, out int bits, out int samples, out int resolution, out int colourMap, out int format);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixReadMemTiff")]
    public static partial nint ReadTiff(byte* content, nuint length, int page);

    /// <summary>A new <c>pix</c> without its alpha channel.</summary>
    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixRemoveAlpha")]
    public static partial nint RemoveAlpha(nint pix);

    /// <summary>A new <c>pix</c> of eight-bit gray.</summary>
    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixConvertTo8")]
    public static partial nint ConvertToGray(nint pix, int withColourMap);

    /// <summary>A new <c>pix</c> of 32 bits: red, green, blue and alpha from the most significant byte on.</summary>
    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixConvertTo32")]
    public static partial nint ConvertToColor(nint pix);

    /// <summary>An empty palette for pixels of that many bits.</summary>
    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixcmapCreate")]
    public static partial nint CreatePalette(int bits);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixcmapAddColor")]
    public static partial int AddColor(nint palette, int red, int green, int blue);

    /// <summary>Hands a palette to a <c>pix</c>, which destroys it with itself.</summary>
    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixSetColormap")]
    public static partial int SetPalette(nint pix, nint palette);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixCreate")]
    public static partial nint Create(int width, int height, int bits);

    /// <summary>Writes a file into memory that <see cref="Free"/> gives back.</summary>
    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixWriteMem")]
    public static partial int Write(out byte* content, out nuint length, nint pix, int format);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "lept_free")]
    public static partial void Free(byte* content);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixGetWidth")]
    public static partial int Width(nint pix);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixGetHeight")]
    public static partial int Height(nint pix);

    /// <summary>Words of 32 bits a row.</summary>
    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixGetWpl")]
    public static partial int WordsPerLine(nint pix);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixGetData")]
    public static partial uint* Data(nint pix);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixDestroy")]
    public static partial void Destroy(ref nint pix);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "setMsgSeverity")]
    private static partial int SetMessageSeverity(int severity);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "leptSetStderrHandler")]
    private static partial void SetErrorStreamHandler(delegate* unmanaged[Cdecl]<byte*, void> handler);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Discard(byte* message)
    {
    }
}
