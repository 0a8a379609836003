// Drives the simulator as somebody with the usual JavaScript client would, and tells in JSON what it saw.
import { Gitlab } from '@gitbeaker/rest';

const host = process.env.GITLAB_URL;
const api = new Gitlab({ host, token: process.env.GITLAB_TOKEN });
const seen = {};

seen.me = (await api.Users.showCurrentUser()).username;
seen.version = (await api.Metadata.show()).version;

// Without a page number the client follows the links to the end.
const runners = await api.Runners.all({ perPage: 5 });
seen.runners = runners.map(r => r.id);
const tagged = await api.Runners.all({ tagList: ['docker', 'linux'] });
seen.tagged = tagged.length;

const first = await api.Runners.show(runners[0].id);
const edited = await api.Runners.edit(first.id, { tagList: [...first.tag_list, 'from-gitbeaker'], description: 'edited by gitbeaker' });
seen.before = first.tag_list;
seen.after = edited.tag_list;
seen.projectsInPut = 'projects' in edited;

const projects = await api.Projects.all({ pagination: 'keyset', orderBy: 'id', sort: 'asc', perPage: 4 });
seen.projects = projects.map(p => p.path_with_namespace);
const project = projects[0].path_with_namespace;
const jobs = await api.Jobs.all(project, { pagination: 'keyset', orderBy: 'id', perPage: 20, maxPages: 2 });
seen.jobs = jobs.length;

const file = await api.RepositoryFiles.show(project, '.gitlab-ci.yml', 'main');
seen.file = Buffer.from(file.content, 'base64').toString().length === file.size;
await api.Commits.create(project, 'gitbeaker', 'Add a file', [{ action: 'create', filePath: 'docs/a b.md', content: 'héllo' }], { startBranch: 'main' });
seen.nested = Buffer.from((await api.RepositoryFiles.show(project, 'docs/a b.md', 'gitbeaker')).content, 'base64').toString();
seen.mergeRequest = (await api.MergeRequests.create(project, 'gitbeaker', 'main', 'From gitbeaker')).iid;
seen.variable = (await api.ProjectVariables.create(project, 'RUNNER_TAG', 'k8s-default')).value;

try {
  await api.Runners.edit(first.id, { tagList: [], runUntagged: false });
} catch (e) {
  seen.refusal = e.cause?.description ?? e.message;
}
try {
  await new Gitlab({ host, token: 'wrong' }).Users.showCurrentUser();
} catch (e) {
  seen.unauthorized = e.cause?.response?.status;
}

console.log(JSON.stringify(seen));
