using System.Text;
using CliWrap;
using CliWrap.Buffered;

namespace AtomicPay.Scanner.EndToEnd;

/// <summary>The binary that <c>build.sh</c> published, run as a user runs it.</summary>
internal static class PublishedScanner
{
    public static string Binary { get; } = Path.Combine(Checkout.Root, "artifacts/bin/atomicpay-scan");

    // The tests neither use nor fill the cache of whoever runs them.
    private static readonly Lazy<string> CacheHome = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("atomicpay-test-cache-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    });

    /// <summary>Scans with a SARIF report on standard output.</summary>
    public static Task<ScannerRun> Scan(Workspace workspace, params string[] arguments) =>
        Run(workspace.Root, ["scan", "--report", "sarif", .. arguments]);

    public static Task<ScannerRun> Run(string folder, params string[] arguments) => Run(folder, new Dictionary<string, string?>(), "", arguments);

    public static async Task<ScannerRun> Run(string folder, IReadOnlyDictionary<string, string?> environment, string input, params string[] arguments)
    {
        var result = await CliWrap.Cli.Wrap(Binary)
            .WithArguments(arguments)
            .WithWorkingDirectory(folder)
            .WithEnvironmentVariables(new Dictionary<string, string?>(environment) { ["XDG_CACHE_HOME"] = environment.GetValueOrDefault("XDG_CACHE_HOME", CacheHome.Value) })
            .WithStandardInputPipe(PipeSource.FromString(input))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Encoding.UTF8, TestContext.Current.CancellationToken);
        return new ScannerRun(result.ExitCode, result.StandardOutput, result.StandardError);
    }
}
