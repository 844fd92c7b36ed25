'use client'
import { PageError } from './_components/page-error'

export default PageError
