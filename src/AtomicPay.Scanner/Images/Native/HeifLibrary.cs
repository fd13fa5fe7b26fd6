using System.Runtime.InteropServices;

namespace AtomicPay.Scanner.Images.Native;

/// <summary>The part of libheif's C API that decodes pictures. Handles are opaque pointers; what is got is released.</summary>
internal static unsafe partial class HeifLibrary
{
    /// <summary>libheif's numbers for red, green and blue, for four bytes a pixel, and for the channel in which those lie.</summary>
    public const int Rgb = 1;
    public const int InterleavedRgba = 11;
    public const int Interleaved = 10;

    [LibraryImport(NativeLibraries.Heif, EntryPoint = "heif_context_alloc")]
    public static partial nint CreateContext();

    [LibraryImport(NativeLibraries.Heif, EntryPoint = "heif_context_free")]
    public static partial void FreeContext(nint context);

    /// <summary>The bytes have to stay where they are as long as the context lives.</summary>
    [LibraryImport(NativeLibraries.Heif, EntryPoint = "heif_context_read_from_memory_without_copy")]
    public static partial Error Read(nint context, byte* content, nuint length, nint options);

    [LibraryImport(NativeLibraries.Heif, EntryPoint = "heif_context_get_number_of_top_level_images")]
    public static partial int CountPictures(nint context);

    [LibraryImport(NativeLibraries.Heif, EntryPoint = "heif_context_get_list_of_top_level_image_IDs")]
    public static partial int ListPictures(nint context, uint* ids, int count);

    [LibraryImport(NativeLibraries.Heif, EntryPoint = "heif_context_get_image_handle")]
    public static partial Error Open(nint context, uint id, out nint picture);

    [LibraryImport(NativeLibraries.Heif, EntryPoint = "heif_image_handle_release")]
    public static partial void Close(nint picture);

    [LibraryImport(NativeLibraries.Heif, EntryPoint = "heif_image_handle_get_width")]
    public static partial int Width(nint picture);

    [LibraryImport(NativeLibraries.Heif, EntryPoint = "heif_image_handle_get_height")]
    public static partial int Height(nint picture);

    [LibraryImport(NativeLibraries.Heif, EntryPoint = "heif_image_handle_has_alpha_channel")]
    public static partial int HasAlpha(nint picture);

    /// <summary>Decodes as the picture is displayed: turned and cropped as it says.</summary>
    [LibraryImport(NativeLibraries.Heif, EntryPoint = "heif_decode_image")]
    public static partial Error Decode(nint picture, out nint image, int colorspace, int chroma, nint options);

    [LibraryImport(NativeLibraries.Heif, EntryPoint = "heif_image_release")]
    public static partial void Free(nint image);

    [LibraryImport(NativeLibraries.Heif, EntryPoint = "heif_image_get_plane_readonly")]
    public static partial byte* Plane(nint image, int channel, out int stride);

    [LibraryImport(NativeLibraries.Heif, EntryPoint = "heif_image_get_width")]
    public static partial int PlaneWidth(nint image, int channel);

    [LibraryImport(NativeLibraries.Heif, EntryPoint = "heif_image_get_height")]
    public static partial int PlaneHeight(nint image, int channel);

    /// <summary>What each function answers; a code of 0 means success.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly struct Error
    {
        public readonly int Code;
        public readonly int Detail;
        public readonly nint Message;
    }
}
