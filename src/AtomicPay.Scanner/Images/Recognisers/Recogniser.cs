using System.Diagnostics.CodeAnalysis;
using AtomicPay.Scanner.Images.Crops;
using Microsoft.ML.OnnxRuntime;

namespace AtomicPay.Scanner.Images.Recognisers;

/// <summary>
/// A network that was trained to read keys, and nothing but keys, in the fonts of screens. Any number of threads may use one at once;
/// it is loaded when first asked for, and for the life of the process.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "There are two of them, and they live as long as the process.")]
internal sealed class Recogniser
{
    private static readonly Lazy<Recogniser> SharedSpotter = new(static () => new Recogniser("spotter.onnx"));
    private static readonly Lazy<Recogniser> SharedReader = new(static () => new Recogniser("reader.onnx"));
    private static readonly string[] Input = ["x"];
    private static readonly string[] Output = ["y"];

    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();

    private Recogniser(string name)
    {
        // The workers use every core already, and a thread that spins while it waits uses one for nothing. Memory patterns would be
        // kept for every width of a line.
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            EnableMemoryPattern = false,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(Model(name), options);
    }

    /// <summary>The small one: sees where keys begin, and is not to be trusted with the rest.</summary>
    public static Recogniser Spotter => SharedSpotter.Value;

    /// <summary>The one that reads keys.</summary>
    public static Recogniser Reader => SharedReader.Value;

    /// <summary>Loads both, or says why that is not possible: a sentence without its full stop.</summary>
    public static bool TryLoad([NotNullWhen(false)] out string? unavailable)
    {
        try
        {
            unavailable = null;
            return Spotter is not null && Reader is not null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or TypeInitializationException or OnnxRuntimeException)
        {
            unavailable = "pictures need the library onnxruntime, which belongs beside this program and cannot be loaded";
            return false;
        }
    }

    /// <summary>Reads one line.</summary>
    public Emissions Read(LineCrop crop)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(crop.Pixels, [1, 1, LineCrop.Height, crop.Width]);
        using var outputs = _session.Run(_runOptions, Input, [input], Output);
        return new Emissions(outputs[0].GetTensorDataAsSpan<float>().ToArray());
    }

    private static byte[] Model(string name)
    {
        using var stream = typeof(Recogniser).Assembly.GetManifestResourceStream(name)!;
        var model = new byte[stream.Length];
        stream.ReadExactly(model);
        return model;
    }
}
