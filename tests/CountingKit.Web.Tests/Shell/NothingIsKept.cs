using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Shell;

/// <summary>No browser and no proxy keeps what is somebody's alone.</summary>
public sealed class NothingIsKept(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/runs")]
    [InlineData("/audit/csv")]
    [InlineData("/account")]
    [InlineData("/nowhere")]
    [InlineData("/sign-in")]
    [InlineData("/health/ready")]
    [InlineData("/test/bug")]
    public async Task A_page_and_a_fragment_are_not_stored(string path)
    {
        var owner = await portal.Owner();

        (await owner.Get(path)).Header("Cache-Control").Should().Be("no-store");
        (await owner.GetFragment(path)).Header("Cache-Control").Should().Be("no-store");
    }

    [Fact]
    public async Task An_answer_of_the_api_is_not_stored()
    {
        using var api = portal.Api();

        (await api.GetAsync("/api/v1/runs")).Headers.CacheControl!.NoStore.Should().BeTrue();
        (await api.GetAsync("/api/v1/nothing")).Headers.CacheControl!.NoStore.Should().BeTrue();
    }

    [Fact]
    public async Task A_file_of_the_front_end_is()
    {
        var file = await portal.Stranger().Get("/site.css");

        file.Header("Cache-Control").Should().NotContain("no-store");
    }
}
