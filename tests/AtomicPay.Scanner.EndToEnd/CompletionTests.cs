using CliWrap;
using CliWrap.Buffered;

namespace AtomicPay.Scanner.EndToEnd;

/// <summary>The completion scripts in the shells that they are for, where those are installed.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("atomicpay-scan --sta", "--staged")]
    [InlineData("atomicpay-scan scan --color ", "auto always never")]
    [InlineData("atomicpay-scan --color a", "auto always")]
    [InlineData("atomicpay-scan hook ", "install uninstall")]
    [InlineData("atomicpay-scan --report sa", "sarif")]
    public async Task Bash_completes_commands_options_and_values(string typed, string expected)
    {
        const string Complete = """
            source "$1"
            read -ra COMP_WORDS <<<"$2"
            [[ $2 == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _atomicpay_scan
            echo "${COMPREPLY[*]}"
            """;
        (await Run("/bin/bash", await ScriptFor("bash"), Complete, typed)).Trim().ShouldBe(expected);
    }

    [Fact]
    public async Task Zsh_takes_the_script() =>
        (await Run("/usr/bin/zsh", await ScriptFor("zsh"), "autoload -Uz compinit && compinit -u -D; source \"$1\"; whence -w _atomicpay_scan_hook")).Trim().ShouldBe("_atomicpay_scan_hook: function");

    [Theory]
    [InlineData("atomicpay-scan --sta", "--staged")]
    [InlineData("atomicpay-scan hook un", "uninstall")]
    [InlineData("atomicpay-scan scan --color ne", "never")]
    public async Task Fish_completes_commands_options_and_values(string typed, string expected)
    {
        var offered = await Run("/usr/bin/fish", await ScriptFor("fish"), "source $argv[1]; complete -C $argv[2]", typed);

        offered.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[0]).ShouldContain(expected);
    }

    [Fact]
    public async Task The_manual_page_has_every_option_of_the_help()
    {
        var help = (await PublishedScanner.Run("/", "scan", "--help")).Output;
        var page = (await PublishedScanner.Run("/", "completions", "man")).Output.Replace(@"\-", "-", StringComparison.Ordinal);

        page.ShouldStartWith(".TH ATOMICPAY-SCAN 1");
        foreach (var option in help.Split(' ', ',', '\n').Where(word => word.StartsWith("--", StringComparison.Ordinal) && word != "--help").Distinct())
        {
            page.ShouldContain(option);
        }
    }

    [Fact]
    public async Task The_manual_page_is_one_to_mandoc()
    {
        const string Mandoc = "/usr/bin/mandoc";
        Assert.SkipUnless(File.Exists(Mandoc), "needs Debian's mandoc");
        using var workspace = new Workspace();
        var page = workspace.Write("atomicpay-scan.1", (await PublishedScanner.Run("/", "completions", "man")).Output);
        var lint = await CliWrap.Cli.Wrap(Mandoc).WithArguments(["-Tlint", "-Werror", page]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        var shown = await CliWrap.Cli.Wrap(Mandoc).WithArguments(["-Tutf8", page]).ExecuteBufferedAsync(TestContext.Current.CancellationToken);

        lint.StandardOutput.ShouldBeEmpty();
        shown.StandardOutput.ShouldStartWith("ATOMICPAY-SCAN(1)");
    }

    private static async Task<string> ScriptFor(string shell)
    {
        var run = await PublishedScanner.Run("/", "completions", shell);
        run.ExitCode.ShouldBe(0, run.Error);
        return run.Output;
    }

    private static async Task<string> Run(string shell, string script, string command, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists(shell), $"needs {shell}");
        using var workspace = new Workspace();
        var file = workspace.Write("completions", script);
        string[] options = Path.GetFileName(shell) == "fish" ? ["--no-config", "-c", command] : ["-c", command, "shell"];
        var result = await CliWrap.Cli.Wrap(shell).WithArguments([.. options, file, .. arguments]).WithWorkingDirectory(workspace.Root)
            .WithEnvironmentVariables(variables => variables.Set("HOME", workspace.Root)).ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        return result.StandardOutput;
    }
}
