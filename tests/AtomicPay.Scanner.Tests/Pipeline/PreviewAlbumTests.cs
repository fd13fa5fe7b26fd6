using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Pipeline;

namespace AtomicPay.Scanner.Tests.Pipeline;

public sealed class PreviewAlbumTests
{
    [Fact]
    public void Which_pictures_are_kept_does_not_depend_on_the_order_in_which_they_come()
    {
        string[] pictures = ["aa", "bb", "cc", "dd", "ee"];

        foreach (var order in new[] { pictures, [.. pictures.Reverse()], ["cc", "ee", "aa", "dd", "bb"] })
        {
            var album = new PreviewAlbum(most: 3);
            var slots = order.ToDictionary(picture => picture, picture => Fill(album.Reserve(picture, 0)));

            slots.Where(slot => slot.Value?.Preview is not null).Select(slot => slot.Key).Order().ShouldBe(["aa", "bb", "cc"]);
        }
    }

    private static PreviewSlot? Fill(PreviewSlot? slot)
    {
        slot?.Fill(new PicturePreview(new byte[] { 1 }, "image/png", 1, 1));
        return slot;
    }
}
