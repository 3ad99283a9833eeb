import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** Shade 6 is the accent of the light theme, shade 4 that of the dark one (`tokens.css`). */
const accent: MantineColorsTuple = ['#e4eefd', '#c6dafa', '#9fc2f7', '#78a9f4', '#5b9dff', '#3a84f0', '#1f6feb', '#1a60cd', '#1558c0', '#0f458f']

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 4 },
  colors: { accent },
  autoContrast: true,
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 6,
  radius: { xs: '3px', sm: '6px', md: '6px', lg: '8px', xl: '12px' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Tooltip: {
      defaultProps: {
        openDelay: 400,
        withArrow: false,
        position: 'bottom',
        events: { hover: true, focus: true, touch: false },
        transitionProps: { duration: 80 },
      },
    },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 100 } } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
  },
})
