using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AtomicPay.Scanner.Reports.Terminal;

/// <summary>
/// Lines of a report, in colour where that is wanted. Sentences wrap at words; everything else is left to the terminal, because
/// a line break inside a path makes it impossible to click, copy or search for.
/// </summary>
internal sealed class TerminalPage : IDisposable
{
    private readonly StreamWriter _writer;
    private readonly IAnsiConsole _console;
    private readonly int _textWidth;
    private bool _isEmpty = true;

    public TerminalPage(Stream output, ReportStyle style)
    {
        _textWidth = style.TextWidth;
        _writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16, leaveOpen: true);
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = style.Color ? AnsiSupport.Yes : AnsiSupport.No,
            // The terminal's own sixteen colours: they fit the theme that the user reads all day.
            ColorSystem = style.Color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            // Its enrichers look at the environment; whether there is colour is decided by our caller alone.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(_writer),
        });
        _console.Profile.Width = int.MaxValue / 2;
    }

    /// <summary>How many columns a text takes: one for most characters, two for East Asian ones.</summary>
    public static int Columns(string text) => Segment.CellCount([new Segment(text)]);

    /// <summary>Whether a line of that many columns needs no wrapping.</summary>
    public bool Fits(int columns) => columns <= _textWidth;

    /// <summary>A blank line before every section but the first.</summary>
    public void BeginSection()
    {
        if (!_isEmpty)
        {
            _console.Write(Text.NewLine);
        }
    }

    /// <summary>A blank line also at the top, for a page that follows another.</summary>
    public void BlankLine() => _console.Write(Text.NewLine);

    /// <summary>One line, however long.</summary>
    public void Line(params ReadOnlySpan<(string Text, Style Style)> pieces)
    {
        var line = new Paragraph();
        foreach (var (text, style) in pieces)
        {
            line.Append(text, style);
        }

        _console.Write(line);
        _console.Write(Text.NewLine);
        _isEmpty = false;
    }

    /// <summary>Sentences, wrapped; the first line begins with <paramref name="first"/>, the next ones as far to the right.</summary>
    public void Sentences(string first, string text, Style style)
    {
        var indent = new string(' ', first.Length);
        var line = new StringBuilder(first);
        var columns = first.Length;
        var isEmpty = true;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var width = Columns(word);
            if (!isEmpty && columns + 1 + width > _textWidth)
            {
                Line((line.ToString(), style));
                line.Clear().Append(indent);
                columns = indent.Length;
                isEmpty = true;
            }

            if (!isEmpty)
            {
                line.Append(' ');
                columns++;
            }

            line.Append(word);
            columns += width;
            isEmpty = false;
        }

        Line((line.ToString(), style));
    }

    public void Dispose() => _writer.Dispose();
}
