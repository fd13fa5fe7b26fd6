using System.Text.RegularExpressions;

namespace AtomicPay.Scanner.Tests;

/// <summary>The arrows between the folders: who may name whom.</summary>
public sealed partial class ArchitectureTests
{
    /// <summary>Rules, contents and findings are the values that stages hand on; stages do not name each other; Pipeline names them all.</summary>
    private static readonly Dictionary<string, string[]> MayName = new()
    {
        ["Config"] = [],
        ["Content"] = [],
        ["Containers"] = ["Content"],
        ["Findings"] = ["Content", "Rules"],
        ["Sources"] = ["Content", "Findings"],
        ["Images"] = ["Content", "Findings", "Rules"],
        ["Triage"] = ["Config", "Content", "Findings", "Rules"],
        ["Reports"] = ["Content", "Findings", "Rules"],
        ["Api"] = ["Config", "Findings"],
        ["Pipeline"] = ["Config", "Containers", "Content", "Findings", "Images", "Rules", "Sources", "Triage"],
        ["Hooks"] = ["Sources"],
        ["Cli"] = ["Api", "Config", "Findings", "Hooks", "Pipeline", "Reports", "Rules", "Triage"],
    };

    public static TheoryData<string> Folders() =>
        [.. Directory.GetDirectories(Path.Combine(Checkout.Root, "src/AtomicPay.Scanner")).Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_names_only_the_folders_before_it(string folder)
    {
        MayName.ShouldContainKey(folder, "a new folder gets its arrows here");
        foreach (var (file, named) in NamedIn(Path.Combine("src/AtomicPay.Scanner", folder)))
        {
            named.Except([folder]).Except(MayName[folder]).ShouldBeEmpty($"{file} names a stage that it must not know");
        }
    }

    [Fact]
    public void The_pack_reader_knows_nothing_but_contents()
    {
        foreach (var (file, named) in NamedIn("src/AtomicPay.Scanner/Sources/Git/Packs"))
        {
            named.Except(["Content", "Sources"]).ShouldBeEmpty(file);
        }
    }

    [Fact]
    public void The_rules_name_neither_files_nor_processes_nor_the_console()
    {
        foreach (var file in SourcesIn("src/AtomicPay.Scanner.Rules"))
        {
            Regex.Matches(File.ReadAllText(file), @"\b(System\.IO|System\.Diagnostics\.Process|Console|File|Directory)\.\w")
                .Select(m => m.Value).ShouldBeEmpty(file);
        }
    }

    [Fact]
    public void A_file_lies_in_the_folder_that_its_namespace_names()
    {
        foreach (var project in (string[])["src/AtomicPay.Scanner", "src/AtomicPay.Scanner.Rules"])
        {
            foreach (var file in SourcesIn(project).Where(f => Path.GetFileName(f) != "Program.cs"))
            {
                var folder = Path.GetRelativePath(Path.Combine(Checkout.Root, project), Path.GetDirectoryName(file)!);
                var expected = Path.GetFileName(project) + (folder == "." ? "" : "." + folder.Replace('/', '.'));
                Namespace().Match(File.ReadAllText(file)).Groups[1].Value.ShouldBe(expected, file);
            }
        }
    }

    private static IEnumerable<(string File, IEnumerable<string> Named)> NamedIn(string folder) =>
        SourcesIn(folder).Select(f => (f, FolderName().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value).Distinct()));

    private static IEnumerable<string> SourcesIn(string folder) =>
        Directory.Exists(Path.Combine(Checkout.Root, folder))
            ? Directory.EnumerateFiles(Path.Combine(Checkout.Root, folder), "*.cs", SearchOption.AllDirectories)
            : [];

    [GeneratedRegex(@"\bAtomicPay\.Scanner\.([A-Z]\w+)")]
    private static partial Regex FolderName();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
