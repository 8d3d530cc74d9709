import './try.css';

export { default as TryFaults } from './components/TryFaults.vue';
export { default as TryLogin } from './components/TryLogin.vue';
export { default as TryRequests } from './components/TryRequests.vue';
export { default as TryRoster } from './components/TryRoster.vue';
export { default as TrySnippets } from './components/TrySnippets.vue';
