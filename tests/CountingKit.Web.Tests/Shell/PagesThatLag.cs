using CountingKit.EventSourcing;
using CountingKit.Web.Features;
using CountingKit.Web.Features.Settings;
using CountingKit.Web.Tests.Portal;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Shell;

/// <summary>What a click did and pages do not show yet is not left to be guessed.</summary>
public sealed class PagesThatLag(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private static readonly Appended NeverShown = new(0, new Position(ulong.MaxValue, ulong.MaxValue));

    [Fact]
    public async Task The_next_page_says_that_it_is_behind_and_claims_nothing_else()
    {
        var (silent, saved) = (Click(), Click());

        await Task.WhenAll(silent.Done(NeverShown, null, default), saved.Done(NeverShown, "Saved.", default));

        silent.TempData["Notice"].Should().Be("This page is still catching up: reload it in a moment.");
        saved.TempData["Notice"].Should().Be("Saved. This page is still catching up: reload it in a moment.");
    }

    private SettingsController Click() => new(portal.Services.GetRequiredService<IMediator>())
    {
        ControllerContext = new ControllerContext { HttpContext = new DefaultHttpContext { RequestServices = portal.Services } },
    };
}
