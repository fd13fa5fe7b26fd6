using System.Reflection;
using System.Runtime.InteropServices;

// The resolver below answers for every name used here; the loader's own search never gets as far as the current folder.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace AtomicPay.Scanner.Images.Native;

/// <summary>Finds the shared libraries that the system, not this tool, brings; their file names differ from one system to the next.</summary>
internal static unsafe class NativeLibraries
{
    public const string Tesseract = "tesseract";
    public const string Leptonica = "leptonica";
    public const string Heif = "heif";

    private static readonly Lazy<nint> TesseractHandle = new(static () => Load(Tesseract));
    private static readonly Lazy<nint> LeptonicaHandle = new(static () => Load(Leptonica));
    private static readonly Lazy<nint> HeifHandle = new(static () => Load(Heif));

    static NativeLibraries()
    {
        // More threads than one make a single picture seven times slower on two cores, and the workers already use every core.
        // OpenMP reads the variable when Tesseract is loaded, and from the C library: .NET keeps its own copy of the environment.
        SetEnvironmentVariable("OMP_THREAD_LIMIT", "1");
        NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);
    }

    public static bool HasTesseract => TesseractHandle.Value != 0;

    public static bool HasLeptonica => LeptonicaHandle.Value != 0;

    public static bool HasHeif => HeifHandle.Value != 0;

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name switch
    {
        Tesseract => TesseractHandle.Value,
        Leptonica => LeptonicaHandle.Value,
        Heif => HeifHandle.Value,
        _ => 0,
    };

    private static nint Load(string name)
    {
        foreach (var candidate in Candidates(name))
        {
            if (NativeLibrary.TryLoad(candidate, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }

    private static IEnumerable<string> Candidates(string name)
    {
        if (OperatingSystem.IsWindows())
        {
            return name switch
            {
                Tesseract => ["tesseract55.dll", "tesseract54.dll", "tesseract53.dll", "tesseract52.dll", "libtesseract-5.dll", "tesseract50.dll"],
                Leptonica => ["leptonica-1.85.0.dll", "leptonica-1.84.1.dll", "leptonica-1.83.1.dll", "leptonica-1.82.0.dll", "libleptonica-6.dll", "liblept-5.dll"],
                _ => ["heif.dll", "libheif.dll", "libheif-1.dll"],
            };
        }

        if (OperatingSystem.IsMacOS())
        {
            // Homebrew's folders are not on the loader's path.
            string[] files = name switch
            {
                Tesseract => ["libtesseract.5.dylib", "libtesseract.dylib"],
                Leptonica => ["libleptonica.6.dylib", "libleptonica.dylib", "liblept.5.dylib"],
                _ => ["libheif.1.dylib", "libheif.dylib"],
            };
            string[] folders = ["", "/opt/homebrew/lib/", "/usr/local/lib/", "/opt/local/lib/"];
            return files.SelectMany(file => folders.Select(folder => folder + file));
        }

        return name switch
        {
            Tesseract => ["libtesseract.so.5", "libtesseract.so"],
            Leptonica => ["libleptonica.so.6", "liblept.so.5", "libleptonica.so", "liblept.so"],
            _ => ["libheif.so.1", "libheif.so"],
        };
    }

    private static void SetEnvironmentVariable(string name, string value)
    {
        if (!NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "setenv", out var setenv))
        {
            Environment.SetEnvironmentVariable(name, value);
            return;
        }

        var nativeName = Marshal.StringToCoTaskMemUTF8(name);
        var nativeValue = Marshal.StringToCoTaskMemUTF8(value);
        ((delegate* unmanaged<nint, nint, int, int>)setenv)(nativeName, nativeValue, 1);
        Marshal.FreeCoTaskMem(nativeName);
        Marshal.FreeCoTaskMem(nativeValue);
    }
}
