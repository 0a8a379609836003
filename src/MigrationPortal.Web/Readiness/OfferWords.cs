using MigrationPortal.Domain.Cohorts.Offers;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Readiness;

/// <summary>Who was asked about jobs that will fail, by name: for administrators alone.</summary>
internal static class OfferWords
{
    private const int MostNamed = 3;

    /// <summary>"Mara Lindqvist, user 12 and 2 more"; whoever never signed in is a number.</summary>
    public static string People(Offer offer, ActorNames names) =>
        string.Join(", ", offer.People.Take(MostNamed).Select(person => names[PortalClaims.OwnerOf(person)])) + (offer.People.Count > MostNamed ? $" and {Words.Count(offer.People.Count - MostNamed)} more" : "");

    /// <summary>Everybody whom these offers name.</summary>
    public static IEnumerable<Actor> Actors(IEnumerable<UnansweredProject> projects) => projects.SelectMany(one => one.Last?.People ?? []).Select(PortalClaims.OwnerOf);
}
