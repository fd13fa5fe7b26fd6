using AtomicPay.Scanner.Rules.Judging;

namespace AtomicPay.Scanner.Rules.Tests.Training;

public class WrittenTextTests
{
    // To make the table anew after a change of words.txt: WRITE_MODEL=1 dotnet test --project tests/AtomicPay.Scanner.Rules.Tests
    [Fact]
    public void The_table_of_written_text_is_what_the_words_give()
    {
        var path = Path.Combine(Repository.RulesProject, "Judging", "WrittenTextCosts.cs");
        var made = WrittenTextTrainer.Print(WrittenTextTrainer.Train(Words.All));
        if (Environment.GetEnvironmentVariable("WRITE_MODEL") == "1")
        {
            File.WriteAllText(path, made);
        }

        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(made.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Words_are_less_surprising_than_random_letters()
    {
        Cost("subscription").ShouldBeLessThan(Cost("xqjvkzwpgmfh"));
        Cost("cancelamento").ShouldBeLessThan(Cost("xqjvkzwpgmfh"));
    }

    private static double Cost(string text) => Enumerable.Range(0, text.Length).Sum(i => WrittenText.CostAt(text, i));
}
