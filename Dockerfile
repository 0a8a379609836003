# Both programs from one build: docker build --target portal . and docker build --target simulator .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
ENV DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
COPY . .
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet restore src/MigrationPortal.Web --locked-mode && \
    dotnet restore simulator/MigrationPortal.Simulator --locked-mode && \
    dotnet publish src/MigrationPortal.Web -c Release --no-restore -o /programs/portal && \
    dotnet publish simulator/MigrationPortal.Simulator -c Release --no-restore -o /programs/simulator

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS simulator
WORKDIR /program
COPY --from=build /programs/simulator .
USER $APP_UID
EXPOSE 8081
ENTRYPOINT ["dotnet", "MigrationPortal.Simulator.dll"]
CMD ["--urls", "http://*:8081"]

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS portal
WORKDIR /program
COPY --from=build /programs/portal .
USER $APP_UID
EXPOSE 8080
ENV ASPNETCORE_URLS=http://*:8080
ENTRYPOINT ["dotnet", "MigrationPortal.Web.dll"]
