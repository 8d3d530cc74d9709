import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { registerTry } from './try/index.ts';
import './style.css';

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    registerTry(app);
  },
} satisfies Theme;
